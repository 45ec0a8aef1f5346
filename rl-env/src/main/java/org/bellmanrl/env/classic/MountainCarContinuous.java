package org.bellmanrl.env.classic;

import java.util.List;
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
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.math.Trig;

/**
 * {@link MountainCar} with a motor of continuous force.
 *
 * <p>The observation is the position, in [−1.2, 0.6], and the speed, in [−0.07, 0.07]; the action
 * is the force, in [−1, 1]. A step costs a tenth of the force's square; arriving pays 100. The
 * episode ends at a position of at least 0.45 with the wanted speed, and is cut after 999 steps.
 *
 * <p>Equal to Gymnasium 1.3.0's {@code MountainCarContinuous-v0}, which keeps its state in double
 * precision at the start and in single precision from the first step on, and computes each step in
 * the precision of the state.
 */
public final class MountainCarContinuous implements Environment, Stateful, TextView {
  private static final double LEFTMOST = -1.2;
  private static final double RIGHTMOST = 0.6;
  private static final double FASTEST = 0.07;
  static final double GOAL = 0.45;
  private static final double POWER = 0.0015;
  private static final double GRAVITY = 0.0025;

  private final EnvironmentSpec spec = makeSpec();
  private final MountainCarOptions options;

  /** Where the episode began, which the first step needs in full. */
  private double start;

  private boolean started;
  private float position;
  private float velocity;

  /** The car of {@code MountainCarContinuous-v0}. */
  public MountainCarContinuous(MountainCarOptions options) {
    this.options = options;
  }

  /**
   * Many cars, stepped together; equal to single ones to the bit.
   *
   * @param rows how many, at least 1
   */
  public static VectorEnvironment batch(MountainCarOptions options, int rows) {
    return new MountainCarContinuousBatch(options, rows);
  }

  static EnvironmentSpec makeSpec() {
    return EnvironmentSpec.of("MountainCarContinuous-v0", MountainCar.observed(), Box.of(-1, 1, 1))
        .withMaxEpisodeSteps(999)
        .withLegend(
            new Legend(
                List.of("position", "velocity"),
                List.of("force, to the right"),
                "The flag on the right hill pays 100; each step costs 0.1 times the squared force."));
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    start = random.uniform(options.low(), options.high());
    started = false;
    position = (float) start;
    velocity = 0;
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    float force = action.get(0);
    boolean arrived;
    if (started) {
      velocity = velocity(velocity, force, Trig.cosWithin(3 * position));
      position = position(position, velocity);
      velocity = stopped(position, velocity);
      arrived = arrived(position, velocity, (float) options.goalVelocity());
    } else {
      double firstVelocity = firstVelocity(start, force);
      double firstPosition = firstPosition(start, firstVelocity);
      firstVelocity = firstStopped(firstPosition, firstVelocity);
      arrived = firstArrived(firstPosition, firstVelocity, options.goalVelocity());
      position = (float) firstPosition;
      velocity = (float) firstVelocity;
      started = true;
    }
    outcome.reward(reward(arrived, force));
    if (arrived) {
      outcome.terminate();
    }
    show(outcome.observation());
  }

  /** The next velocity; {@code slope} is the cosine of three times the position. */
  static float velocity(float velocity, float force, double slope) {
    float pushed = Math.min(Math.max(force, -1), 1) * (float) POWER;
    float next = velocity + (pushed - (float) (GRAVITY * slope));
    return Math.min(Math.max(next, (float) -FASTEST), (float) FASTEST);
  }

  static float position(float position, float velocity) {
    return Math.min(Math.max(position + velocity, (float) LEFTMOST), (float) RIGHTMOST);
  }

  static float stopped(float position, float velocity) {
    return position == (float) LEFTMOST && velocity < 0 ? 0 : velocity;
  }

  static boolean arrived(float position, float velocity, float goalVelocity) {
    return position >= (float) GOAL && velocity >= goalVelocity;
  }

  /** The velocity of the first step, in double precision except for the push. */
  static double firstVelocity(double start, float force) {
    float pushed = Math.min(Math.max(force, -1), 1) * (float) POWER;
    float next = pushed - (float) (GRAVITY * Trig.cosWithin(3 * start));
    return Math.min(Math.max((double) next, -FASTEST), FASTEST);
  }

  static double firstPosition(double start, double velocity) {
    return Math.min(Math.max(start + velocity, LEFTMOST), RIGHTMOST);
  }

  static double firstStopped(double position, double velocity) {
    return position == LEFTMOST && velocity < 0 ? 0 : velocity;
  }

  static boolean firstArrived(double position, double velocity, double goalVelocity) {
    return position >= GOAL && velocity >= goalVelocity;
  }

  static double reward(boolean arrived, float force) {
    return (arrived ? 100 : 0) - (double) force * force * 0.1;
  }

  private void show(Observation observation) {
    observation.set(0, position);
    observation.set(1, velocity);
  }

  @Override
  public String text(boolean colour) {
    return MountainCar.text(position, velocity);
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
    state.begin("mountain-car-continuous", 1);
    start = state.carryFinite("start", start);
    started = state.carry("started", started);
    position = state.carry("position", position);
    velocity = state.carry("velocity", velocity);
    state.end();
  }
}
