package org.bellmanrl.env.classic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.math.Trig;

/**
 * Drive a car out of a valley with a motor that is too weak to climb: it has to swing (A. W. Moore,
 * "Efficient Memory-based Learning for Robot Control", 1990; Sutton &amp; Barto, 2nd ed., 2018,
 * example 10.1).
 *
 * <p>The observation is the position, in [−1.2, 0.6], and the speed, in [−0.07, 0.07]. The actions
 * are 0 to the left, 1 nothing and 2 to the right. Every step costs 1. The episode ends at a
 * position of at least 0.5 with the wanted speed, and is cut after 200 steps; the wall on the left
 * stops the car.
 *
 * <p>Equal to Gymnasium 1.3.0's {@code MountainCar-v0}, which computes in double precision.
 */
public final class MountainCar implements Environment, Stateful, TextView {
  static final double LEFTMOST = -1.2;
  private static final double RIGHTMOST = 0.6;
  private static final double FASTEST = 0.07;
  static final double GOAL = 0.5;
  private static final double FORCE = 0.001;
  private static final double GRAVITY = 0.0025;

  private final EnvironmentSpec spec = makeSpec();
  private final MountainCarOptions options;
  private double position;
  private double velocity;

  /** The car of {@code MountainCar-v0}. */
  public MountainCar(MountainCarOptions options) {
    this.options = options;
  }

  /**
   * Many cars, stepped together; equal to single ones to the bit.
   *
   * @param rows how many, at least 1
   */
  public static VectorEnvironment batch(MountainCarOptions options, int rows) {
    return new MountainCarBatch(options, rows);
  }

  static EnvironmentSpec makeSpec() {
    return EnvironmentSpec.of("MountainCar-v0", observed(), new Discrete(3))
        .withMaxEpisodeSteps(200)
        .withLegend(
            new Legend(
                List.of("position", "velocity"),
                List.of("push left", "none", "push right"),
                "Each step costs 1 until the car is at the flag on the right hill."));
  }

  static Box observed() {
    return Box.of(
        new float[] {(float) LEFTMOST, (float) -FASTEST},
        new float[] {(float) RIGHTMOST, (float) FASTEST});
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    position = random.uniform(options.low(), options.high());
    velocity = 0;
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    velocity = velocity(velocity, action.discrete(), Trig.cosWithin(3 * position));
    position = position(position, velocity);
    velocity = stopped(position, velocity);
    outcome.reward(-1);
    if (arrived(position, velocity, options.goalVelocity())) {
      outcome.terminate();
    }
    show(outcome.observation());
  }

  /** The next velocity; {@code slope} is the cosine of three times the position. */
  static double velocity(double velocity, int action, double slope) {
    double next = velocity + ((action - 1) * FORCE + slope * -GRAVITY);
    return Math.min(Math.max(next, -FASTEST), FASTEST);
  }

  /** The next position. */
  static double position(double position, double velocity) {
    return Math.min(Math.max(position + velocity, LEFTMOST), RIGHTMOST);
  }

  /** The velocity after the wall, if the car is there. */
  static double stopped(double position, double velocity) {
    return position == LEFTMOST && velocity < 0 ? 0 : velocity;
  }

  static boolean arrived(double position, double velocity, double goalVelocity) {
    return position >= GOAL && velocity >= goalVelocity;
  }

  private void show(Observation observation) {
    observation.set(0, position);
    observation.set(1, velocity);
  }

  @Override
  public String text(boolean colour) {
    return text(position, velocity);
  }

  static String text(double position, double velocity) {
    return String.format(Locale.ROOT, "car at %+.3f, speed %+.4f a step%n", position, velocity);
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(MountainCarPicture.of(() -> position, GOAL)));
    }
    return Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("mountain-car", 1);
    position = state.carryFinite("position", position);
    velocity = state.carryFinite("velocity", velocity);
    state.end();
  }
}
