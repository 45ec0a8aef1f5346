package org.bellmanrl.env.jolt;

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
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.jspecify.annotations.Nullable;

/**
 * Walk to a stick: the task of Huggy and of every other {@link Body}, after the dog of Unity
 * ML-Agents that the Hugging Face course plays with.
 *
 * <p>The observation, with m motors and f feet, has 14 + 3 m + f numbers; vectors are in the
 * trunk's frame (x to the left, y upwards, z to the front):
 *
 * <ul>
 *   <li>the direction from {@link Body#reach} to the stick (3), and the distance over the ground in
 *       tens of metres, at most 1;
 *   <li>the world's upward direction (3), the trunk's velocity in m/s (3) and angular velocity in
 *       rad/s (3), and its height in metres;
 *   <li>the angle of each motor in rad (m), its speed in rad/s (m), whether each foot touches the
 *       ground (f, 0 or 1), and the action before (m; 0 at first).
 * </ul>
 *
 * <p>An action has a number in [−1, 1] for each {@link Motor}. A step is four steps of the physics
 * of 1/60 s each. The reward has four terms, each with a weight in {@link FetchOptions} and a
 * diagnostic: <em>direction</em>, 0.5 for each metre closer; <em>goal</em>, 1 for a distance below
 * half a metre, which is a fetch, and −1 for a fall; <em>time</em>, −0.00333; and
 * <em>rotation</em>, −0.0005 times the square of the angular velocity about the vertical. Further
 * diagnostics are how fast the feet on which weight rests slide over the ground, in m/s, how high
 * the trunk is, in metres, and the fetches so far.
 *
 * <p>The stick falls evenly in all directions, and evenly in distance between two bounds. A fetch
 * ends the episode, or with {@code continuing} the stick is thrown again; a fall (see {@link
 * Body#leastUp}) ends it always; it is cut after 600 steps. Each episode begins in the state in
 * which the body had come to rest.
 *
 * <p>Can show a picture and a map as text; a click on the picture throws the stick there. The state
 * is saved as bytes. {@link #close()} frees the native memory. A reset allocates; a step allocates
 * at most the vectors that the engine's binding returns, 48 bytes for each part and 32 for each
 * joint with two angles, and usually nothing, since compiled code does without them. Not
 * thread-safe; objects of one thread each may run side by side.
 */
public final class Fetch implements Environment, Stateful {
  /** Names of the diagnostics, in their order. */
  private static final String[] DIAGNOSTICS = {
    "reward_direction",
    "reward_goal",
    "reward_time",
    "reward_rotation",
    "foot_slip",
    "height",
    "fetches"
  };

  private static final int MAX_STEPS = 600;
  private static final int PHYSICS_STEPS = 4;
  private static final double TIME_STEP = 1 / 60.0;
  private static final double GOAL = 0.5;
  private static final double FAR = 10;

  private final EnvironmentSpec spec;
  private final Body body;
  private final FetchOptions options;
  private final int motors;
  private final float[] lastAction;
  private final int[] feet;
  private final double[] vector = new double[3];
  private final double[] mouth = new double[3];
  private final Stick stick = new Stick();
  private final FetchView view;

  private @Nullable World world;
  private double distance;

  /**
   * Makes a task whose body is drawn as plain parts; its world is made at the first reset, which
   * throws an {@link IllegalStateException} if there is no native library for this machine.
   *
   * @param id the name it goes by
   */
  public Fetch(String id, Body body, FetchOptions options) {
    this(id, body, options, BodyPainter.plain(body, 0x4F5BD5, 0x7C86E8, 0xF2B134), body.reach());
  }

  Fetch(String id, Body body, FetchOptions options, BodyPainter painter, Point carrying) {
    this.body = body;
    this.options = options;
    this.motors = body.motorCount();
    this.lastAction = new float[motors];
    this.feet = body.feet();
    int size = 14 + 3 * motors + body.footCount();
    EnvironmentSpec made =
        EnvironmentSpec.of(
                id,
                Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, size),
                Box.of(-1, 1, motors))
            .withMaxEpisodeSteps(MAX_STEPS)
            .withDiagnostics(DIAGNOSTICS)
            .withLegend(legend(motors, size - 14 - 3 * motors));
    this.spec = made;
    this.view = new FetchView(this::world, stick, painter, carrying);
  }

  private static Legend legend(int motors, int feet) {
    List<String> observed =
        new ArrayList<>(
            List.of(
                "direction to the stick, left",
                "direction to the stick, up",
                "direction to the stick, front",
                "distance to the stick, 10 m",
                "upward, left",
                "upward, up",
                "upward, front",
                "velocity to the left, m/s",
                "velocity upwards, m/s",
                "velocity to the front, m/s",
                "angular velocity about left, rad/s",
                "angular velocity about up, rad/s",
                "angular velocity about front, rad/s",
                "height, m"));
    List<String> moved = new ArrayList<>();
    for (int i = 0; i < motors; i++) {
      moved.add("motor " + i);
    }
    moved.forEach(motor -> observed.add("angle of " + motor + ", rad"));
    moved.forEach(motor -> observed.add("speed of " + motor + ", rad/s"));
    for (int i = 0; i < feet; i++) {
      observed.add("foot " + i + " on the ground");
    }
    moved.forEach(motor -> observed.add("last action of " + motor));
    return new Legend(
        observed,
        moved,
        "Each metre closer to the stick pays 0.5 and a fetch 1; a fall costs 1, time and turning a"
            + " little.");
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
    throwStick(now, random);
    observe(now, observation);
  }

  private void throwStick(World now, RandomStream random) {
    stick.fly(now.position[0], now.position[2], options.nearest(), options.farthest(), random);
    distance = distance(now);
  }

  private double distance(World now) {
    Point reach = body.reach();
    Quaternions.rotate(now.rotation, 0, reach.x(), reach.y(), reach.z(), mouth, 0);
    for (int i = 0; i < 3; i++) {
      mouth[i] += now.position[i];
    }
    double dx = stick.x() - mouth[0];
    double dz = stick.z() - mouth[2];
    return Math.sqrt(dx * dx + dz * dz);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    World now = world();
    // Not that of the last step: the stick may have been thrown elsewhere since.
    double before = distance(now);
    for (int i = 0; i < motors; i++) {
      float a = Math.clamp(action.get(i), -1f, 1f);
      lastAction[i] = a;
      now.act(i, a);
    }
    now.step(PHYSICS_STEPS);
    stick.pass();

    distance = distance(now);
    boolean fetched = distance < GOAL;
    boolean fallen = fallen(now);
    double goal = fetched ? options.goalWeight() : fallen ? -options.goalWeight() : 0;
    double direction = options.directionWeight() * (before - distance);
    double yaw = now.spin[1];
    double rotation = -options.rotationWeight() * (yaw * yaw);
    double time = -options.timeWeight();
    outcome.reward(direction + goal + time + rotation);
    if (fetched) {
      stick.fetched();
    }
    outcome.diagnostic(0, direction);
    outcome.diagnostic(1, goal);
    outcome.diagnostic(2, time);
    outcome.diagnostic(3, rotation);
    outcome.diagnostic(4, slip(now));
    outcome.diagnostic(5, now.position[1]);
    outcome.diagnostic(6, stick.fetches());
    if (fallen || (fetched && !options.continuing())) {
      outcome.terminate();
    } else if (fetched) {
      stick.release();
      throwStick(now, random);
    }
    observe(now, outcome.observation());
  }

  private boolean fallen(World now) {
    Quaternions.rotate(now.rotation, 0, 0, 1, 0, vector, 0);
    return vector[1] < body.leastUp() || now.position[1] < body.leastHeight();
  }

  private double slip(World now) {
    double sum = 0;
    int standing = 0;
    for (int foot : feet) {
      if (now.slip[foot] >= 0) {
        sum += now.slip[foot];
        standing++;
      }
    }
    return standing == 0 ? 0 : sum / standing;
  }

  private void observe(World now, Observation observation) {
    double dx = stick.x() - mouth[0];
    double dy = Stick.HEIGHT - mouth[1];
    double dz = stick.z() - mouth[2];
    double length = Math.max(1e-6, Math.sqrt(dx * dx + dy * dy + dz * dz));
    int at = put(observation, 0, now, dx / length, dy / length, dz / length);
    observation.set(at++, Math.min(distance, FAR) / FAR);
    at = put(observation, at, now, 0, 1, 0);
    at = put(observation, at, now, now.velocity[0], now.velocity[1], now.velocity[2]);
    at = put(observation, at, now, now.spin[0], now.spin[1], now.spin[2]);
    observation.set(at++, now.position[1]);
    for (int i = 0; i < motors; i++) {
      observation.set(at++, now.angle[i]);
    }
    for (int i = 0; i < motors; i++) {
      observation.set(at++, now.speed[i]);
    }
    for (int foot : feet) {
      observation.set(at++, now.touches[foot] ? 1 : 0);
    }
    for (int i = 0; i < motors; i++) {
      observation.set(at++, lastAction[i]);
    }
  }

  /** Writes a vector in the trunk's frame; returns the index after it. */
  private int put(Observation observation, int at, World now, double x, double y, double z) {
    Quaternions.unrotate(now.rotation, 0, x, y, z, vector, 0);
    observation.set(at, vector[0]);
    observation.set(at + 1, vector[1]);
    observation.set(at + 2, vector[2]);
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
    state.begin("fetch", 1);
    // The engine reads whatever it is given, so the state of another body must not reach it.
    String saved = state.carry("body", body.name());
    if (!saved.equals(body.name())) {
      throw new StateException(
          "%s has the body %s, but the saved state is of %s"
              .formatted(spec.name(), body.name(), saved));
    }
    if (state.carry("begun", world != null)) {
      World now = begun();
      now.carry(state);
      stick.carry(state);
      state.carry("last_action", lastAction);
      distance = distance(now);
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
