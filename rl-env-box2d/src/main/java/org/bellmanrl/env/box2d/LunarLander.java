package org.bellmanrl.env.box2d;

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
import org.bellmanrl.api.space.Discrete;
import org.jspecify.annotations.Nullable;

/**
 * Land a craft on a pad between two flags with one main engine and two on the sides.
 *
 * <p>The observation is x and y of the craft from the pad (1 is half a view), its velocity along x
 * and y, its angle in radians (0 is upright), its angular velocity, and whether the left and the
 * right leg touch the ground (0 or 1). The actions are 0 nothing, 1 left engine, 2 main engine, 3
 * right engine; with {@code continuous} they are two numbers in [−1, 1]: the main engine's throttle
 * (off up to 0, then from half power at 0 to full at 1) and the side engines' (right engine above
 * 0.5, left below −0.5, off between).
 *
 * <p>The reward is what a step gains in closeness, slowness, uprightness and legs on the ground (10
 * each), less 0.3 for full main power and 0.03 for a side engine. An episode ends with −100 when
 * the craft touches the ground or leaves the view sideways, and with 100 when it has come to rest.
 * It has at most 1000 steps.
 *
 * <p>Equal to Gymnasium 1.3.0's {@code LunarLander-v3} (O. Klimov, 2016) in every draw of the
 * random stream and, on x86-64, in every bit until something touches the ground; the two builds of
 * Box2D differ a little in how they resolve contacts. Can show a {@link Scene}, a picture and text.
 *
 * <p>The physics is native and its state cannot be read: this class carries no state, so the loop
 * restores an episode by playing it again. {@link #close()} frees the native memory. A reset
 * allocates; a step does not.
 */
public final class LunarLander implements Environment {
  private static final float[] LOW = {
    -2.5f, -2.5f, -10, -10, (float) (-2 * Math.PI), -10, -0.0f, -0.0f
  };
  private static final float[] HIGH = {2.5f, 2.5f, 10, 10, (float) (2 * Math.PI), 10, 1, 1};

  private static final int LEFT_ENGINE = 1;
  private static final int MAIN_ENGINE = 2;
  private static final int RIGHT_ENGINE = 3;

  private static final List<String> OBSERVED =
      List.of(
          "x from the pad, half views",
          "y above the pad",
          "velocity along x",
          "velocity along y",
          "angle, rad",
          "angular velocity",
          "left leg on the ground",
          "right leg on the ground");

  private static final List<String> ENGINES =
      List.of("none", "left engine", "main engine, up", "right engine");

  private static final List<String> THROTTLES =
      List.of("main engine, off below 0", "side engines, right above 0.5, left below -0.5");

  private final EnvironmentSpec spec;
  private final LunarLanderOptions options;
  private final View view = new View(this::scene);

  private @Nullable LanderWorld world;
  private double shaping;

  /**
   * Makes a craft; its world is made at the first reset.
   *
   * @param id the name it goes by
   * @param maxEpisodeSteps after how many steps an episode is cut; 0 for never
   */
  public LunarLander(String id, int maxEpisodeSteps, LunarLanderOptions options) {
    this.spec =
        EnvironmentSpec.of(
                id,
                Box.of(LOW, HIGH),
                options.continuous() ? Box.of(-1, 1, 2) : new Discrete(RIGHT_ENGINE + 1))
            .withMaxEpisodeSteps(maxEpisodeSteps)
            .withLegend(
                new Legend(
                    OBSERVED,
                    options.continuous() ? THROTTLES : ENGINES,
                    "A step pays what it gains in closeness to the pad, slowness and uprightness,"
                        + " and 10 for each leg that touches down; the main engine costs 0.3, a"
                        + " side engine 0.03. Coming to rest pays 100, a crash costs 100."));
    this.options = options;
  }

  /** The craft of {@code LunarLander-v3}. */
  public LunarLander(LunarLanderOptions options) {
    this("LunarLander-v3", 1000, options);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    close();
    LanderWorld begun = new LanderWorld(options, random);
    world = begun;
    // Gymnasium takes a first step with the engines off; its reward is not given.
    begun.step(0, 0, 0, random);
    shaping = observe(begun, observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    LanderWorld now = world();
    double mainPower = 0;
    double sidePower = 0;
    double direction = 0;
    if (options.continuous()) {
      double main = Math.clamp(action.get(0), -1.0, 1.0);
      double side = Math.clamp(action.get(1), -1.0, 1.0);
      if (main > 0) {
        mainPower = (main + 1) * 0.5;
      }
      if (Math.abs(side) > 0.5) {
        sidePower = Math.abs(side);
        direction = Math.signum(side);
      }
    } else {
      switch (action.discrete()) {
        case MAIN_ENGINE -> mainPower = 1;
        case LEFT_ENGINE, RIGHT_ENGINE -> {
          sidePower = 1;
          direction = action.discrete() - MAIN_ENGINE;
        }
        default -> {
          // The engines stay off.
        }
      }
    }
    now.step(mainPower, sidePower, direction, random);

    double before = shaping;
    shaping = observe(now, outcome.observation());
    double reward = shaping - before;
    reward -= mainPower * 0.30;
    reward -= sidePower * 0.03;
    if (now.crashed() || Math.abs(now.relativeX()) >= 1) {
      outcome.terminate();
      reward = -100;
    }
    if (!now.awake()) {
      outcome.terminate();
      reward = 100;
    }
    outcome.reward(reward);
  }

  /** Writes the observation and returns the potential whose change is the reward. */
  private static double observe(LanderWorld now, Observation observation) {
    double x = now.relativeX();
    double y = now.relativeY();
    double speedX = now.speedX();
    double speedY = now.speedY();
    double angle = now.angle();
    double left = now.touches(0) ? 1 : 0;
    double right = now.touches(1) ? 1 : 0;
    observation.set(0, x);
    observation.set(1, y);
    observation.set(2, speedX);
    observation.set(3, speedY);
    observation.set(4, angle);
    observation.set(5, now.angularSpeed());
    observation.set(6, left);
    observation.set(7, right);
    return -100 * Math.sqrt(x * x + y * y)
        - 100 * Math.sqrt(speedX * speedX + speedY * speedY)
        - 100 * Math.abs(angle)
        + 10 * left
        + 10 * right;
  }

  private LanderWorld world() {
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
