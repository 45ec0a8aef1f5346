package org.bellmanrl.api.interaction;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * One environment stepped by hand, with every mistake refused, the caller's and the environment's:
 * for tests, tools and first steps.
 *
 * <pre>{@code
 * var simulation = new Simulation(environment);
 * simulation.reset(42);
 * while (!simulation.ended()) {
 *   simulation.step(chooseAction(simulation.observation()));
 *   System.out.println(simulation.reward());
 * }
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class Simulation implements Stateful, AutoCloseable {
  private enum Phase {
    NEW,
    RUNNING,
    ENDED,
    CLOSED
  }

  private final VectorEnvironment environment;
  private final EnvironmentSpec spec;
  private final RandomStreams random = RandomStreams.ofSeeds(0);
  private final Rows rows = Rows.all(1);
  private final Columns actions;
  private final Action action;
  private final SpaceCheck actionCheck;
  private final SpaceCheck observationCheck;
  private final Outcomes outcomes;
  private Observations current;
  private final Observation observation;
  private Phase phase = Phase.NEW;
  private long length;
  private long episodes;
  private double episodeReturn;

  /** Steps an environment, which is closed with this. */
  public Simulation(Environment environment) {
    this(VectorEnvironment.of(environment));
  }

  /**
   * Steps the only row of {@code environment}, which is closed with this.
   *
   * @throws IllegalArgumentException if there is more than one row
   */
  public Simulation(VectorEnvironment environment) {
    if (environment.rows() != 1) {
      throw new IllegalArgumentException(
          "a simulation steps a single row, %s has %d"
              .formatted(environment.spec().name(), environment.rows()));
    }
    this.environment = environment;
    this.spec = environment.spec();
    this.actions = new Columns(spec.actionSpace(), 1);
    this.action = new Action(actions);
    this.actionCheck = SpaceCheck.ofActions(spec.actionSpace());
    this.observationCheck = SpaceCheck.ofObservations(spec.observationSpace());
    this.outcomes = new Outcomes(spec, 1);
    this.current = new Observations(spec, 1);
    this.observation = new Observation(current);
  }

  /** Returns the spec of the environment. */
  public EnvironmentSpec spec() {
    return spec;
  }

  /** Begins an episode; the stream goes on, or begins at seed 0 if this is the first. */
  public void reset() {
    if (phase == Phase.CLOSED) {
      throw new IllegalStateException(spec.name() + " can't be reset: it is closed");
    }
    length = 0;
    episodeReturn = 0;
    outcomes.clear(rows);
    environment.reset(rows, random, current);
    phase = Phase.RUNNING;
    check(current);
  }

  /** Begins an episode with the stream of Gymnasium's {@code reset(seed=seed)}; seed at least 0. */
  public void reset(long seed) {
    random.reseed(0, seed);
    reset();
  }

  /** Takes a discrete action, its start included. */
  public void step(int discrete) {
    if (!(spec.actionSpace() instanceof Discrete)) {
      throw wrongKind("one integer");
    }
    actions.ints()[0] = discrete;
    stepWritten();
  }

  /** Takes a continuous action. */
  public void step(float... values) {
    if (!(spec.actionSpace() instanceof Box) || actions.layout().floats() != values.length) {
      throw wrongKind(values.length + " real numbers");
    }
    System.arraycopy(values, 0, actions.floats(), 0, values.length);
    stepWritten();
  }

  /** Takes an action drawn from the action space, one that is allowed where there is a mask. */
  public void stepSampled(RandomStream from) {
    if (current.maskWidth() > 0) {
      spec.actionSpace().sample(from, current.mask(), 0, actions, 0);
    } else {
      spec.actionSpace().sample(from, actions, 0);
    }
    stepWritten();
  }

  /**
   * Takes the action that was written into {@link #actions()}, for spaces of any kind.
   *
   * @throws EnvironmentException if the environment writes what it must not, see {@link
   *     Interaction}
   */
  public void stepWritten() {
    if (phase != Phase.RUNNING) {
      throw new IllegalStateException(
          switch (phase) {
            case NEW -> spec.name() + " can't step before its first reset";
            case ENDED -> spec.name() + " can't step: the episode has ended; reset first";
            default -> spec.name() + " can't step: it is closed";
          });
    }
    if (actionCheck.foreign(rows, actions) >= 0) {
      throw SpaceCheck.foreignAction(spec, actions, 0);
    }
    outcomes.clear(rows);
    environment.step(rows, actions, random, outcomes);
    length++;
    checkResults();
    episodeReturn += outcomes.earned(0);
    if (length == spec.maxEpisodeSteps()) {
      outcomes.truncated()[0] = true;
    }
    current = outcomes.exchange(current);
    if (terminated() || truncated()) {
      phase = Phase.ENDED;
    }
    check(current);
    episodes += phase == Phase.ENDED ? 1 : 0;
  }

  private void checkResults() {
    if (!Double.isFinite(reward())) {
      throw fault(EnvironmentException.reward(spec, reward()));
    }
    if (!(discount() >= 0 && discount() <= 1)) {
      throw fault(EnvironmentException.discount(spec, discount()));
    }
  }

  private void check(Observations seen) {
    if (observationCheck.foreign(rows, seen.values()) >= 0) {
      throw fault(observationCheck.complaint(spec, seen.values(), 0));
    }
    if (phase == Phase.RUNNING && !seen.allowsAny(0)) {
      throw fault(seen.maskComplaint(spec.name(), 0));
    }
  }

  private EnvironmentException fault(String complaint) {
    return new EnvironmentException(complaint, 0, length, episodes);
  }

  /** Columns of one row for the next action. */
  public Columns actions() {
    return actions;
  }

  /** The last action taken. */
  public Action action() {
    return action;
  }

  /** Returns the present observation: at an end, the true last one. */
  public Observation observation() {
    return observation.at(current, 0);
  }

  /** Returns the present observation, as columns of one row. */
  public Observations observations() {
    return current;
  }

  /** Reward of the last step; 0 after a reset. */
  public double reward() {
    return outcomes.reward()[0];
  }

  /** The environment's discount at the last step; 1 after a reset. */
  public double discount() {
    return outcomes.discount()[0];
  }

  /** Returns whether the last step reached a terminal state. */
  public boolean terminated() {
    return outcomes.terminated()[0];
  }

  /**
   * Returns whether the last step was the episode's last for another reason, the limit included.
   */
  public boolean truncated() {
    return outcomes.truncated()[0];
  }

  /** Returns whether the episode is over. */
  public boolean ended() {
    return terminated() || truncated();
  }

  /**
   * A diagnostic of the last step.
   *
   * @param name one of the spec's
   */
  public double diagnostic(String name) {
    int index = spec.diagnostics().indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s has no diagnostic '%s', there are: %s"
              .formatted(spec.name(), name, spec.diagnostics()));
    }
    return outcomes.diagnostics()[index];
  }

  /** Steps in this episode so far. */
  public long length() {
    return length;
  }

  /** Sum of what was {@linkplain Outcomes#earned earned} in this episode so far. */
  public double episodeReturn() {
    return episodeReturn;
  }

  /** The stream that the environment draws from. */
  public RandomStream random() {
    return random.row(0);
  }

  /** The environment. */
  public VectorEnvironment environment() {
    return environment;
  }

  private IllegalArgumentException wrongKind(String given) {
    return new IllegalArgumentException(
        "action of %s must be in %s, was %s".formatted(spec.name(), spec.actionSpace(), given));
  }

  /** Carries the environment, its stream and what is observed; the last step's reward is not. */
  @Override
  public void carry(State state) {
    state.begin("simulation", 1);
    phase = Phase.valueOf(state.carry("phase", phase.name()));
    length = state.carry("length", length);
    episodeReturn = state.carry("return", episodeReturn);
    state.carry("random", random);
    state.carry("observations", current);
    state.carry("environment", environment);
    state.end();
    outcomes.clear(rows);
  }

  @Override
  public void close() {
    phase = Phase.CLOSED;
    environment.close();
  }
}
