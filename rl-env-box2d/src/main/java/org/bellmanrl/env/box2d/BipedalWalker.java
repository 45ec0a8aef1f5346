package org.bellmanrl.env.box2d;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.jspecify.annotations.Nullable;

/**
 * Walk to the right on two legs with motors in hips and knees.
 *
 * <p>The observation has 24 numbers: the hull's angle in radians, its angular velocity and its
 * velocity along x and y; for each leg the hip's angle and speed, the knee's angle and speed, and
 * whether the foot touches the ground (0 or 1); then how far 10 rays from the hull get, from
 * straight down to forward (1 is 160/30 m). There are no coordinates. The action is the torque of
 * hip and knee of either leg, each in [−1, 1].
 *
 * <p>The reward is what a step gains in distance (300 for the whole way) and in keeping the hull
 * level, less 0.028 for each motor at full torque. An episode ends with −100 when the hull touches
 * the ground or the walker goes off to the left, and at the end of the way. It has at most 1600
 * steps, 2000 under the hardcore id.
 *
 * <p>Equal to Gymnasium 1.3.0's {@code BipedalWalker-v3} (O. Klimov, 2016) in every draw of the
 * random stream and, on x86-64, in every bit until something touches the ground; the two builds of
 * Box2D differ a little in how they resolve contacts. Each episode begins in its own world, where
 * Gymnasium's is used again. Rewards are rounded to float32 as there. Can show a {@link Scene}, a
 * picture and text.
 *
 * <p>The physics is native and its state cannot be read: this class carries no state, so the loop
 * restores an episode by playing it again. {@link #close()} frees the native memory. A reset
 * allocates; a step does not.
 */
public final class BipedalWalker implements Environment {
  static final int MOTORS = 4;
  static final int RAYS = 10;

  /** Cost of full torque for a step, a float as NumPy takes it beside the float32 of an action. */
  private static final float TORQUE_COST = (float) (0.00035 * WalkerWorld.MAX_TORQUE);

  private static final double HIP_SPEED = WalkerWorld.HIP_SPEED;
  private static final double KNEE_SPEED = WalkerWorld.KNEE_SPEED;

  private final EnvironmentSpec spec;
  private final BipedalWalkerOptions options;
  private final View view = new View(this::scene);

  private @Nullable WalkerWorld world;
  private double shaping;

  /**
   * Makes a walker; its world is made at the first reset.
   *
   * @param id the name it goes by
   * @param maxEpisodeSteps after how many steps an episode is cut; 0 for never
   */
  public BipedalWalker(String id, int maxEpisodeSteps, BipedalWalkerOptions options) {
    this.spec =
        EnvironmentSpec.of(id, observationSpace(), Box.of(-1, 1, MOTORS))
            .withMaxEpisodeSteps(maxEpisodeSteps)
            .withLegend(legend());
    this.options = options;
  }

  /** The walker of {@code BipedalWalker-v3}. */
  public BipedalWalker(BipedalWalkerOptions options) {
    this("BipedalWalker-v3", 1600, options);
  }

  private static Legend legend() {
    List<String> observed =
        new ArrayList<>(
            List.of(
                "hull angle, rad",
                "hull angular velocity",
                "velocity along x",
                "velocity along y"));
    for (String leg : List.of("first", "second")) {
      observed.addAll(
          List.of(
              leg + " hip angle",
              leg + " hip speed",
              leg + " knee angle",
              leg + " knee speed",
              leg + " foot on the ground"));
    }
    for (int ray = 1; ray <= 10; ray++) {
      observed.add("ray " + ray + " of 10, from below to the front");
    }
    return new Legend(
        observed,
        List.of("first hip torque", "first knee torque", "second hip torque", "second knee torque"),
        "A step pays what it gains in distance, 300 for the whole way, and in keeping the hull"
            + " level; torque costs. A fall costs 100 and ends the episode.");
  }

  private static Box observationSpace() {
    float pi = (float) Math.PI;
    float[] hull = {pi, 5, 5, 5};
    float[] leg = {pi, 5, pi, 5, 5};
    float[] high = Arrays.copyOf(hull, hull.length + 2 * leg.length + RAYS);
    System.arraycopy(leg, 0, high, hull.length, leg.length);
    System.arraycopy(leg, 0, high, hull.length + leg.length, leg.length);
    Arrays.fill(high, hull.length + 2 * leg.length, high.length, 1);
    float[] low = new float[high.length];
    for (int i = 0; i < low.length; i++) {
      low[i] = -high[i];
    }
    low[8] = -0.0f;
    low[13] = -0.0f;
    return Box.of(low, high);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    close();
    WalkerWorld begun = new WalkerWorld(options.hardcore(), random);
    world = begun;
    // Gymnasium takes a first step with the motors off; its reward is not given.
    for (int i = 0; i < MOTORS; i++) {
      begun.setMotor(i, 0);
    }
    begun.step();
    shaping = observe(begun, observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    WalkerWorld now = world();
    for (int i = 0; i < MOTORS; i++) {
      now.setMotor(i, action.get(i));
    }
    now.step();

    double before = shaping;
    shaping = observe(now, outcome.observation());
    float reward = (float) (shaping - before);
    for (int i = 0; i < MOTORS; i++) {
      reward -= TORQUE_COST * WalkerWorld.share(action.get(i));
    }
    if (now.crashed() || now.x() < 0) {
      reward = -100;
      outcome.terminate();
    }
    if (now.x() > WalkerWorld.END) {
      outcome.terminate();
    }
    outcome.reward(reward);
  }

  /** Writes the observation and returns the potential whose change is the reward. */
  private static double observe(WalkerWorld now, Observation observation) {
    double angle = now.angle();
    observation.set(0, angle);
    observation.set(1, now.angularSpeed());
    observation.set(2, now.speedX());
    observation.set(3, now.speedY());
    for (int leg = 0; leg < 2; leg++) {
      int hip = 2 * leg;
      int knee = hip + 1;
      int at = 4 + 5 * leg;
      observation.set(at, now.jointAngle(hip));
      observation.set(at + 1, now.jointSpeed(hip) / HIP_SPEED);
      observation.set(at + 2, now.jointAngle(knee) + 1.0);
      observation.set(at + 3, now.jointSpeed(knee) / KNEE_SPEED);
      observation.set(at + 4, now.touches(leg) ? 1 : 0);
    }
    for (int i = 0; i < RAYS; i++) {
      observation.set(14 + i, now.ray(i));
    }
    return 130 * now.x() / WorldFactory.SCALE - 5.0 * Math.abs(angle);
  }

  private WalkerWorld world() {
    if (world == null) {
      throw new IllegalStateException(spec.name() + " must be reset before its first step");
    }
    return world;
  }

  private Scene scene() {
    return world().scene();
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    return type.isInstance(view)
        ? Optional.of(type.cast(view))
        : Environment.super.capability(type);
  }

  @Override
  public void close() {
    if (world != null) {
      world.dispose();
      world = null;
    }
  }
}
