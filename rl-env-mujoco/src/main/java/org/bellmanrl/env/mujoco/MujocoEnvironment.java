package org.bellmanrl.env.mujoco;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.jspecify.annotations.Nullable;

/**
 * A task of MuJoCo's: the base of those in this package and of your own.
 *
 * <p>An action is the controls of all actuators, held for {@link #frameSkip()} steps of the
 * simulation. A subclass says how an episode begins, what is observed, and what a step is worth. It
 * takes what it needs from the {@link #simulation()}; numbers of the past that it needs stand in
 * {@link #memory()}, which is saved with the episode: to the bit, for the same model and version of
 * MuJoCo.
 */
public abstract class MujocoEnvironment implements Environment, Stateful {
  private final EnvironmentSpec spec;
  private final MujocoSimulation simulation;
  private final int frameSkip;
  private final double[] memory;
  private final float[] squares;
  private final @Nullable MujocoPicture picture;

  /**
   * Makes a task whose episodes are saved as bytes.
   *
   * @param spec its spaces and so on; the action space is a {@code Box} with a number per actuator
   * @param simulation what it moves; closed with this
   * @param frameSkip steps of the simulation in a step of the task, at least 1
   * @param memory how many numbers of the past the task keeps
   */
  protected MujocoEnvironment(
      EnvironmentSpec spec, MujocoSimulation simulation, int frameSkip, int memory) {
    Require.atLeast("frame_skip", frameSkip, 1);
    this.spec = spec;
    this.simulation = simulation;
    this.frameSkip = frameSkip;
    this.memory = new double[memory];
    this.squares = new float[simulation.nu()];
    this.picture = simulation.layoutKnown() ? new MujocoPicture(simulation) : null;
  }

  /** A space of that many numbers without bounds: what most tasks observe. */
  protected static Box unbounded(int length) {
    return Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, length);
  }

  /** The simulation. */
  protected final MujocoSimulation simulation() {
    return simulation;
  }

  /** Steps of the simulation in a step of the task. */
  protected final int frameSkip() {
    return frameSkip;
  }

  /** Time that a step of the task takes, in seconds. */
  protected final double dt() {
    return simulation.timestep() * frameSkip;
  }

  /** Numbers of the past, saved with the episode. */
  protected final double[] memory() {
    return memory;
  }

  /**
   * Sets positions and velocities at the beginning of an episode; those of the model are set
   * already. MuJoCo computes what follows from them right after this.
   */
  protected abstract void initialize(RandomStream random);

  /** Takes note of what the first step needs of the beginning; nothing by default. */
  protected void begin() {}

  /** Writes what is seen. */
  protected abstract void observe(Observation observation);

  /**
   * Says what a step was worth and whether the episode has ended; comes after the simulation has
   * moved.
   */
  protected abstract void evaluate(Action action, Outcome outcome);

  @Override
  public final EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public final void reset(RandomStream random, Observation observation) {
    simulation.reset();
    initialize(random);
    simulation.forward();
    begin();
    observe(observation);
  }

  @Override
  public final void step(Action action, RandomStream random, Outcome outcome) {
    for (int i = 0; i < simulation.nu(); i++) {
      simulation.setControl(i, action.get(i));
    }
    simulation.step(frameSkip);
    afterStep();
    observe(outcome.observation());
    evaluate(action, outcome);
  }

  /** Computes what {@code mj_step} leaves out; nothing by default. */
  void afterStep() {}

  // What tasks share

  /** The limit and the diagnostics of a walk in any direction, and whether a fall ends it. */
  static EnvironmentSpec walking(EnvironmentSpec spec, boolean terminates) {
    EnvironmentSpec walk =
        spec.withMaxEpisodeSteps(1000)
            .withDiagnostics(
                "x_position",
                "y_position",
                "x_velocity",
                "y_velocity",
                "reward_forward",
                "reward_ctrl",
                "reward_contact",
                "reward_survive");
    return terminates ? walk : walk.continuing();
  }

  /** Adds uniform noise in [−scale, scale) to all positions. */
  final void perturbPositions(RandomStream random, double scale) {
    for (int i = 0; i < simulation.nq(); i++) {
      simulation.setQpos(i, simulation.initialQpos(i) + random.uniform(-scale, scale));
    }
  }

  /** Sets all velocities to uniform noise in [−scale, scale). */
  final void perturbVelocities(RandomStream random, double scale) {
    for (int i = 0; i < simulation.nv(); i++) {
      simulation.setQvel(i, random.uniform(-scale, scale));
    }
  }

  /** Sets all velocities to normal noise. */
  final void perturbVelocitiesNormally(RandomStream random, double deviation) {
    for (int i = 0; i < simulation.nv(); i++) {
      simulation.setQvel(i, deviation * random.standardNormal());
    }
  }

  /**
   * Writes positions and velocities.
   *
   * @param skipped how many positions are left out at the beginning
   * @param limit velocities are cut to [−limit, limit]
   * @return the index behind the last element written
   */
  final int observeMotion(Observation observation, int skipped, double limit) {
    int at = 0;
    for (int i = skipped; i < simulation.nq(); i++) {
      observation.set(at++, simulation.qpos(i));
    }
    for (int i = 0; i < simulation.nv(); i++) {
      observation.set(at++, Math.clamp(simulation.qvel(i), -limit, limit));
    }
    return at;
  }

  /** The sum of an action's squares in float32, as NumPy adds. */
  final float squared(Action action) {
    for (int i = 0; i < squares.length; i++) {
      squares[i] = action.get(i) * action.get(i);
    }
    return NumPy.sum(squares, squares.length);
  }

  /** Checks an option that is a range. */
  static List<Double> range(String name, List<Double> ends) {
    if (ends.size() != 2 || !(ends.getFirst() <= ends.getLast())) {
      throw new IllegalArgumentException(
          name + " must be two numbers, the lower one first, was " + ends);
    }
    return List.copyOf(ends);
  }

  @Override
  public final void carry(State state) {
    double[] numbers = new double[simulation.stateLength()];
    if (!state.restoring()) {
      simulation.copyState(numbers);
    }
    state.begin("mujoco", 1);
    state.carry("state", numbers);
    state.carry("memory", memory);
    state.end();
    if (state.restoring()) {
      simulation.restoreState(numbers);
    }
  }

  /** Adds a {@link PictureView}, where the layout of this version's structs is known. */
  @Override
  public <T> Optional<T> capability(Class<T> type) {
    return type == PictureView.class && picture != null
        ? Optional.of(type.cast(picture))
        : Environment.super.capability(type);
  }

  /** Frees the native memory. */
  @Override
  public final void close() {
    simulation.close();
  }
}
