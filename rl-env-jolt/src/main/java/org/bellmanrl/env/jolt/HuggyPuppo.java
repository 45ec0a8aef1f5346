package org.bellmanrl.env.jolt;

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
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.jspecify.annotations.Nullable;

/**
 * Huggy's body with the observations, actions and reward of the dog of Unity ML-Agents that the
 * Hugging Face course trains, for comparison with it.
 *
 * <p>The 59 observations, in the axes of the field: the direction to the stick (3), the trunk's
 * position from the middle of the field in tens of metres (3), its velocity (3), angular velocity
 * (3), direction to the front (3) and upwards (3), whether it touches the ground (1); and for each
 * of the eight parts of legs whether it touches the ground (1), its turn from the part that it
 * hangs on, as the vector part of a quaternion (3), and its strength (1).
 *
 * <p>The 21 actions in [−1, 1]: the twelve target angles of {@code Huggy-v1}, the strengths of the
 * eight joints, from none at −1 to full at 1, and a turn of the trunk about the vertical, which is
 * a torque of at most 10 N·m.
 *
 * <p>The reward is added up over the steps of the physics, of 0.02 s each, of which there are five
 * in a decision: 0.01 times the velocity towards the stick, −0.001 for time, and −0.001 times the
 * size of the turn. The stick is thrown again as soon as the mouth is within half a metre of it. An
 * episode ends when the dog is upside down and is cut after 1000 decisions.
 *
 * <p>Sizes and reward are those that the course describes. Masses, sizes of the body, throws and
 * the length of episodes are ours, so returns can be compared in kind and not in number. Not
 * thread-safe; {@link #close()} frees the native memory.
 */
public final class HuggyPuppo implements Environment, Stateful {
  private static final int MAX_STEPS = 1000;
  private static final int PHYSICS_STEPS = 5;
  private static final double TIME_STEP = 0.02;
  private static final double GOAL = 0.5;
  private static final double NEAREST = 2;
  private static final double FARTHEST = 8;
  private static final double TURN_TORQUE = 10;
  private static final int TARGETS = 12;
  private static final int STRENGTHS = 8;
  private static final int ACTIONS = TARGETS + STRENGTHS + 1;
  private static final int OBSERVATIONS = 59;

  private final EnvironmentSpec spec;
  private final Body body = Huggy.body();
  private final float[] lastAction = new float[ACTIONS];
  private final double[] vector = new double[3];
  private final double[] mouth = new double[3];
  private final Stick stick = new Stick();
  private final FetchView view;

  private @Nullable World world;

  /**
   * Makes a dog; its world is made at the first reset.
   *
   * @param id the name it goes by
   */
  public HuggyPuppo(String id) {
    this.spec =
        EnvironmentSpec.of(
                id,
                Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, OBSERVATIONS),
                Box.of(-1, 1, ACTIONS))
            .withMaxEpisodeSteps(MAX_STEPS)
            .withDiagnostics("speed_to_stick", "turn", "height", "fetches")
            .withLegend(
                new Legend(
                    List.of(
                        "direction to the stick, place and motion of the trunk, and of each part of"
                            + " the legs its contact, turn and strength"),
                    List.of(),
                    "0.01 times the velocity towards the stick, less 0.001 for time and 0.001 times"
                        + " the size of the turn."));
    this.view = Huggy.view(this::world, stick);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    World now = begun();
    now.stand();
    Arrays.fill(lastAction, 0);
    stick.begin(now.position[0], now.position[2]);
    stick.fly(now.position[0], now.position[2], NEAREST, FARTHEST, random);
    observe(now, observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    World now = world();
    for (int i = 0; i < ACTIONS; i++) {
      lastAction[i] = Math.clamp(action.get(i), -1f, 1f);
    }
    for (int i = 0; i < TARGETS; i++) {
      now.act(i, lastAction[i]);
    }
    for (int joint = 0; joint < STRENGTHS; joint++) {
      now.strengthen(joint, strength(joint));
    }
    double turn = lastAction[ACTIONS - 1];
    double reward = 0;
    double approached = 0;
    for (int i = 0; i < PHYSICS_STEPS; i++) {
      now.step(1, TURN_TORQUE * turn);
      double speed = speedToStick(now);
      approached += speed;
      reward += 0.01 * speed - 0.001 - 0.001 * Math.abs(turn);
    }
    stick.pass();
    outcome.reward(reward);
    boolean fetched = away(now) < GOAL;
    if (fetched) {
      stick.fetched();
    }
    outcome.diagnostic(0, approached / PHYSICS_STEPS);
    outcome.diagnostic(1, turn);
    outcome.diagnostic(2, now.position[1]);
    outcome.diagnostic(3, stick.fetches());
    Quaternions.rotate(now.rotation, 0, 0, 1, 0, vector, 0);
    if (vector[1] < body.leastUp()) {
      outcome.terminate();
    } else if (fetched) {
      stick.release();
      stick.fly(now.position[0], now.position[2], NEAREST, FARTHEST, random);
    }
    observe(now, outcome.observation());
  }

  private double strength(int joint) {
    return (lastAction[TARGETS + joint] + 1) / 2;
  }

  /** Finds where the mouth is, and returns how far the stick is from it over the ground. */
  private double away(World now) {
    Point reach = body.reach();
    Quaternions.rotate(now.rotation, 0, reach.x(), reach.y(), reach.z(), mouth, 0);
    double dx = stick.x() - now.position[0] - mouth[0];
    double dz = stick.z() - now.position[2] - mouth[2];
    return Math.sqrt(dx * dx + dz * dz);
  }

  private double speedToStick(World now) {
    toStick(now);
    return vector[0] * now.velocity[0] + vector[1] * now.velocity[1] + vector[2] * now.velocity[2];
  }

  private void toStick(World now) {
    double dx = stick.x() - now.position[0];
    double dy = Stick.HEIGHT - now.position[1];
    double dz = stick.z() - now.position[2];
    double length = Math.max(1e-6, Math.sqrt(dx * dx + dy * dy + dz * dz));
    vector[0] = dx / length;
    vector[1] = dy / length;
    vector[2] = dz / length;
  }

  private void observe(World now, Observation observation) {
    toStick(now);
    int at = put(observation, 0, vector[0], vector[1], vector[2]);
    at = put(observation, at, now.position[0] / 10, now.position[1] / 10, now.position[2] / 10);
    at = put(observation, at, now.velocity[0], now.velocity[1], now.velocity[2]);
    at = put(observation, at, now.spin[0], now.spin[1], now.spin[2]);
    Quaternions.rotate(now.rotation, 0, 0, 0, 1, vector, 0);
    at = put(observation, at, vector[0], vector[1], vector[2]);
    Quaternions.rotate(now.rotation, 0, 0, 1, 0, vector, 0);
    at = put(observation, at, vector[0], vector[1], vector[2]);
    observation.set(at++, now.touches[0] ? 1 : 0);
    for (int joint = 0; joint < STRENGTHS; joint++) {
      int part = body.joints().get(joint).child();
      observation.set(at++, now.touches[part] ? 1 : 0);
      Quaternions.relative(now.rotation, 4 * body.joints().get(joint).parent(), 4 * part, vector);
      at = put(observation, at, vector[0], vector[1], vector[2]);
      observation.set(at++, strength(joint));
    }
  }

  private static int put(Observation observation, int at, double x, double y, double z) {
    observation.set(at, x);
    observation.set(at + 1, y);
    observation.set(at + 2, z);
    return at + 3;
  }

  /** Returns the world, which is made when it is first needed. */
  private World begun() {
    if (world == null) {
      world = new World(body, TIME_STEP);
    }
    return world;
  }

  private World world() {
    if (world == null) {
      throw new IllegalStateException(spec.name() + " must be reset before its first step");
    }
    return world;
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    return type.isInstance(view)
        ? Optional.of(type.cast(view))
        : Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("huggy-puppo", 1);
    if (state.carry("begun", world != null)) {
      begun().carry(state);
      stick.carry(state);
      state.carry("last_action", lastAction);
    } else {
      close();
    }
    state.end();
  }

  @Override
  public void close() {
    if (world != null) {
      world.close();
      world = null;
    }
  }
}
