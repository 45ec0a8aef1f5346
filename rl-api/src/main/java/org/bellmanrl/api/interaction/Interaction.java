package org.bellmanrl.api.interaction;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Listener.Episode;
import org.bellmanrl.api.Listener.Step;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StatefulRows;
import org.jspecify.annotations.Nullable;

/**
 * The exchange between a task and a policy, and optionally a learner: a passive state machine over
 * one or more rows.
 *
 * <p>An interaction owns the columns, pairs observations and actions with their outcomes, truncates
 * episodes at the task's limit, and passes transitions to the learner. It has no loop, no clock and
 * no environment. The caller, a {@link Trainer} or a simulator that keeps its own loop, calls the
 * following methods for any rows that are ready:
 *
 * <ol>
 *   <li>{@link #begin}, after the first observations have been written to {@link #observations()};
 *   <li>{@link #act}, which fills {@link #actions()};
 *   <li>{@link #observe}, after the results have been written to {@link #outcomes()};
 *   <li>then again from 2, or from 1 for rows that are {@link #idle()} because their episode has
 *       ended.
 * </ol>
 *
 * <p>What an environment writes is checked in {@link #begin}, {@link #act} and {@link #observe}:
 * rewards and real observations must be finite, discounts in [0, 1], other observations in their
 * space, and a mask must allow an action. The bounds of real observations are not enforced.
 *
 * <p>Current and next observations change places in {@link #observe}, so get the columns again for
 * each call. Not thread-safe.
 */
public final class Interaction implements StatefulRows {
  private static final byte IDLE = 0;
  private static final byte READY = 1;
  private static final byte ACTED = 2;

  /** How many numbers are copied rather than exchanged with their columns. */
  private static final int FEW = 32;

  private final EnvironmentSpec spec;
  private final int limit;
  private final @Nullable Learner learner;
  private final boolean needsNextAction;
  private final Actor actor;
  private final Listener[] listeners;
  private final RunProgress progress;
  private final SpaceCheck actionCheck;
  private final SpaceCheck observationCheck;

  /**
   * Whether current and next columns change places. A few numbers are copied instead: then all
   * columns stay where they are, and the loads of one step don't wait for the pointers that the
   * last one stored.
   */
  private final boolean exchanges;

  private Observations observations;
  private final Outcomes outcomes;
  private Actions actions;
  private Actions nextActions;
  private final Transitions transitions;

  private final byte[] phase;
  private final boolean[] chosen;
  private final double[] returns;
  private final long[] lengths;
  private final Rows listed;
  private final Rows some;
  private final Rows starting;
  private final Rows ending;
  private final Rows idle;
  private final Learner.Metrics metrics = this::tell;
  private final Ended ended = new Ended();
  private final Taken taken = new Taken();

  /** Sums of the diagnostics over the episodes in flight. */
  private final double[] diagnostics;

  private final Observation first;
  private final Outcome outcome;

  private Interaction(
      EnvironmentSpec spec,
      int rows,
      Policy behaviour,
      RandomStreams random,
      @Nullable Learner learner,
      RunProgress progress,
      List<? extends Listener> listeners) {
    this.spec = spec;
    this.limit = spec.maxEpisodeSteps();
    this.learner = learner;
    this.needsNextAction = learner != null && learner.needsNextAction();
    this.actor = behaviour.actor(rows, random);
    this.listeners = listeners.toArray(Listener[]::new);
    this.progress = progress;
    this.actionCheck = SpaceCheck.ofActions(spec.actionSpace());
    this.observationCheck = SpaceCheck.ofObservations(spec.observationSpace());
    this.observations = new Observations(spec, rows);
    Layout layout = observations.values().layout();
    this.exchanges =
        rows > 1 || layout.ints() + layout.floats() + layout.bytes() + spec.maskWidth() > FEW;
    this.outcomes = new Outcomes(spec, rows);
    this.actions = new Actions(spec.actionSpace(), behaviour.extras(), rows);
    this.nextActions =
        needsNextAction ? new Actions(spec.actionSpace(), behaviour.extras(), rows) : actions;
    this.listed = new Rows(rows);
    this.transitions = new Transitions(listed, observations, actions, outcomes, following());
    this.phase = new byte[rows];
    this.chosen = new boolean[rows];
    this.returns = new double[rows];
    this.lengths = new long[rows];
    this.some = new Rows(rows);
    this.starting = new Rows(rows);
    this.ending = new Rows(rows);
    this.idle = Rows.all(rows);
    this.diagnostics = new double[outcomes.diagnostics().length];
    this.first = new Observation(observations);
    this.outcome = new Outcome(outcomes);
  }

  /**
   * Rows in which a learner's behaviour policy acts and the learner learns.
   *
   * @param spec the task; its episode limit is enforced here
   * @param rows number of rows, at least 1
   * @param learner learns; was made for as many rows
   * @param random a stream per row, for exploration
   * @param progress counts what happens here
   * @param listeners are told of it
   */
  public static Interaction learning(
      EnvironmentSpec spec,
      int rows,
      Learner learner,
      RandomStreams random,
      RunProgress progress,
      List<? extends Listener> listeners) {
    return new Interaction(spec, rows, learner.behaviour(), random, learner, progress, listeners);
  }

  /**
   * Rows of a simulator that keeps its own loop, in which a new learner behaves and learns.
   *
   * @param spec the task; its episode limit is enforced here
   * @param rows number of rows, at least 1
   * @param seed everything random is drawn from it, at least 0
   * @param budget how long training is expected to take: schedules that fall with the fraction of
   *     the budget, such as an ε, reach their ends when it is used up
   * @param learner makes the learner
   * @param listeners are notified of steps and episodes, and of metrics by {@link #reportMetrics}
   */
  public static Interaction learning(
      EnvironmentSpec spec,
      int rows,
      long seed,
      Budget budget,
      Function<? super LearnerContext, ? extends Learner> learner,
      Listener... listeners) {
    Streams streams = Streams.of(seed);
    RunProgress progress = new RunProgress(budget);
    return learning(
        spec,
        rows,
        learner.apply(LearnerContext.of(spec, rows, streams, progress)),
        streams.rows(Role.POLICY, rows),
        progress,
        List.of(listeners));
  }

  /**
   * Rows in which a policy acts and no learner learns.
   *
   * @param spec the task; its episode limit is enforced here
   * @param rows number of rows, at least 1
   * @param policy acts
   * @param random a stream per row, for policies that choose at random
   * @param listeners are told what happens
   */
  public static Interaction acting(
      EnvironmentSpec spec,
      int rows,
      Policy policy,
      RandomStreams random,
      List<? extends Listener> listeners) {
    RunProgress progress = new RunProgress(Budget.steps(Long.MAX_VALUE));
    return new Interaction(spec, rows, policy, random, null, progress, listeners);
  }

  /** Number of rows. */
  @Override
  public int rows() {
    return phase.length;
  }

  /** Returns the columns for first observations, which the next {@link #act} reads. */
  public Observations observations() {
    return observations;
  }

  /** Returns the actions that {@link #act} chose. */
  public Actions actions() {
    return actions;
  }

  /** Returns the columns for the results of the actions, which {@link #act} clears for its rows. */
  public Outcomes outcomes() {
    return outcomes;
  }

  /**
   * A cursor onto the first observation of a row, to be written before {@link #begin}. The same
   * object is returned each time: valid until the next call.
   */
  public Observation first(int row) {
    return first.at(observations, row);
  }

  /**
   * A cursor onto the outcome of a row's action, to be written between {@link #act} and {@link
   * #observe}. The same object is returned each time: valid until the next call.
   */
  public Outcome outcome(int row) {
    return outcome.at(outcomes, row);
  }

  /** The rows without an episode, which need a first observation before anything else. */
  public Rows idle() {
    return idle;
  }

  /**
   * What learns here; empty if a policy acts alone. To go on after a restart, carry this
   * interaction and its learner, and the progress: a learner alone lacks the episodes in flight and
   * the streams.
   */
  public Optional<Learner> learner() {
    return Optional.ofNullable(learner);
  }

  /**
   * Passes the learner's metrics of the time since the last call, such as losses, to {@link
   * Listener#onMetric} of the listeners. A {@link Trainer} calls this at intervals; a caller that
   * keeps its own loop calls it between two steps, as often as it wants metrics. Does nothing if no
   * learner learns here.
   */
  public void reportMetrics() {
    if (learner != null) {
      learner.report(metrics);
    }
  }

  private void tell(String name, double value) {
    for (Listener listener : listeners) {
      listener.onMetric(name, value, progress);
    }
  }

  /** Counts what has happened here. */
  public RunProgress progress() {
    return progress;
  }

  /**
   * Begins an episode in each listed row, whose first observations have been written. A row that is
   * in the middle of an episode abandons it: it is not counted and learners are not told of an end.
   *
   * @throws EnvironmentException if a first observation is not in its space
   */
  public void begin(Rows rows) {
    int foreign = observationCheck.foreign(rows, observations.values());
    if (foreign >= 0) {
      throw fault(foreignObservation(observations, foreign), foreign, 0);
    }
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (phase[row] == ACTED) {
        throw new IllegalStateException(
            "row %d of %s can't begin: the outcome of its action has not been observed"
                .formatted(row, spec.name()));
      }
      phase[row] = READY;
      chosen[row] = false;
      returns[row] = 0;
      lengths[row] = 0;
      int width = outcomes.diagnosticsWidth();
      Arrays.fill(diagnostics, row * width, (row + 1) * width, 0);
    }
    actor.begin(rows);
    if (rows == idle) {
      idle.clear();
    } else {
      listIdle();
    }
  }

  /**
   * Chooses an action in each listed row.
   *
   * @throws EnvironmentException if a mask allows no action
   */
  public void act(Rows rows) {
    // One row is the commonest case, and C2 spends several ns on entering any loop over it.
    if (rows.count() == 1) {
      open(rows.at(0));
    } else {
      for (int i = 0; i < rows.count(); i++) {
        open(rows.at(i));
      }
    }
    outcomes.clear(rows);
    if (needsNextAction) {
      some.clear();
      for (int i = 0; i < rows.count(); i++) {
        if (!chosen[rows.at(i)]) {
          some.add(rows.at(i));
        }
      }
      choose(some, observations, actions);
    } else {
      choose(rows, observations, actions);
    }
  }

  private void open(int row) {
    if (phase[row] != READY) {
      throw notReady(row);
    }
    phase[row] = ACTED;
  }

  /**
   * Takes in what came of the actions of the listed rows: forms their transitions, lets the learner
   * learn, and ends the episodes that are over.
   *
   * @throws EnvironmentException if the environment wrote what it must not; nothing is learned then
   */
  public void observe(Rows rows) {
    Columns seen = outcomes.observations().values();
    ending.clear();
    if (rows.count() == 1) {
      if (account(rows.at(0), seen)) {
        ending.add(rows.at(0));
      }
    } else {
      for (int i = 0; i < rows.count(); i++) {
        if (account(rows.at(i), seen)) {
          ending.add(rows.at(i));
        }
      }
    }
    progress.addSteps(rows.count());
    list(rows);
    if (learner != null) {
      if (needsNextAction) {
        chooseNext(rows);
      }
      learner.observe(transitions);
    }
    advance(rows);
    if (!ending.isEmpty()) {
      endEpisodes();
    }
    for (Listener listener : listeners) {
      listener.onStep(taken, progress);
    }
  }

  /**
   * Plays one step in each listed row: resets the environments of those that are idle, acts, steps
   * and observes. This is the whole loop of everything that has environments to step.
   *
   * @param environment has at least the listed rows
   * @param random a stream per row for the environments
   */
  public void play(Rows rows, VectorEnvironment environment, RandomStreams random) {
    if (!idle.isEmpty()) {
      reset(rows.isAll() ? idle : idleOf(rows), environment, random);
    }
    act(rows);
    environment.step(rows, actions.values(), random, outcomes);
    observe(rows);
  }

  /** Apart from {@link #play}, which C2 then compiles to faster code. */
  private void reset(Rows rows, VectorEnvironment environment, RandomStreams random) {
    if (!rows.isEmpty()) {
      environment.reset(rows, random, observations);
      begin(rows);
    }
  }

  /** Lists those of some rows that are idle. */
  private Rows idleOf(Rows rows) {
    starting.clear();
    for (int i = 0; i < rows.count(); i++) {
      if (phase[rows.at(i)] == IDLE) {
        starting.add(rows.at(i));
      }
    }
    return starting;
  }

  private void choose(Rows rows, Observations seen, Actions into) {
    if (rows.isEmpty()) {
      return;
    }
    if (seen.maskWidth() > 0) {
      checkMasks(rows, seen);
    }
    actor.act(rows, seen, into);
    int foreign = actionCheck.foreign(rows, into.values());
    if (foreign >= 0) {
      throw SpaceCheck.foreignAction(spec, into.values(), foreign);
    }
  }

  /** Reward, length, limit and discount of a row; whether its episode is over. */
  private boolean account(int row, Columns seen) {
    if (phase[row] != ACTED) {
      throw notActed(row);
    }
    double reward = outcomes.reward()[row];
    double earned = outcomes.earned(row);
    if (!Double.isFinite(reward) || !Double.isFinite(earned)) {
      double foreign = Double.isFinite(reward) ? earned : reward;
      throw fault(EnvironmentException.reward(spec, foreign), row, lengths[row] + 1);
    }
    if (!observationCheck.contains(seen, row)) {
      throw fault(foreignObservation(outcomes.observations(), row), row, lengths[row] + 1);
    }
    phase[row] = READY;
    returns[row] += earned;
    transitions.first()[row] = lengths[row] == 0;
    lengths[row]++;
    if (diagnostics.length > 0) {
      addDiagnostics(row);
    }
    if (lengths[row] == limit) {
      outcomes.truncated()[row] = true;
    }
    if (outcomes.terminated()[row]) {
      outcomes.discount()[row] = 0;
      return true;
    }
    double discount = outcomes.discount()[row];
    if (!(discount >= 0 && discount <= 1)) {
      throw fault(EnvironmentException.discount(spec, discount), row, lengths[row]);
    }
    return outcomes.truncated()[row];
  }

  /**
   * The next action is what is played next; at a truncation it serves the learner's target alone.
   */
  private void chooseNext(Rows rows) {
    some.clear();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      boolean terminated = outcomes.terminated()[row];
      chosen[row] = !terminated && !outcomes.truncated()[row];
      if (!terminated) {
        some.add(row);
      }
    }
    choose(some, outcomes.observations(), nextActions);
  }

  /** Next becomes current: by exchange where many numbers would have to be copied. */
  private void advance(Rows rows) {
    if (exchanges && rows.isAll()) {
      observations = outcomes.exchange(observations);
      Actions played = actions;
      actions = nextActions;
      nextActions = played;
      transitions.rebind(observations, actions, following());
    } else {
      observations.copyRows(outcomes.observations(), rows);
      if (needsNextAction) {
        actions.copyRows(nextActions, rows);
      }
    }
  }

  private void endEpisodes() {
    // Where all rows have acted, none was idle, and the list need not be searched for.
    boolean noneIdle = idle.isEmpty();
    for (int i = 0; i < ending.count(); i++) {
      int row = ending.at(i);
      phase[row] = IDLE;
      if (noneIdle) {
        idle.add(row);
      }
      ended.row = row;
      ended.index = progress.episodes();
      progress.addEpisode();
      for (Listener listener : listeners) {
        listener.onEpisode(ended, progress);
      }
    }
    if (!noneIdle) {
      listIdle();
    }
  }

  private void listIdle() {
    idle.clear();
    for (int row = 0; row < phase.length; row++) {
      if (phase[row] == IDLE) {
        idle.add(row);
      }
    }
  }

  private void list(Rows rows) {
    if (rows.isAll()) {
      if (!listed.isAll()) {
        listed.fill();
      }
      return;
    }
    listed.clear();
    for (int i = 0; i < rows.count(); i++) {
      listed.add(rows.at(i));
    }
  }

  private @Nullable Actions following() {
    return needsNextAction ? nextActions : null;
  }

  private void checkMasks(Rows rows, Observations seen) {
    for (int i = 0; i < rows.count(); i++) {
      if (!seen.allowsAny(rows.at(i))) {
        throw fault(seen.maskComplaint(spec.name(), rows.at(i)), rows.at(i), lengths[rows.at(i)]);
      }
    }
  }

  private String foreignObservation(Observations seen, int row) {
    return observationCheck.complaint(spec, seen.values(), row);
  }

  private EnvironmentException fault(String complaint, int row, long step) {
    return new EnvironmentException(complaint, row, step, progress.episodes());
  }

  private void addDiagnostics(int row) {
    int width = outcomes.diagnosticsWidth();
    for (int i = row * width; i < (row + 1) * width; i++) {
      diagnostics[i] += outcomes.diagnostics()[i];
    }
  }

  private IllegalStateException notActed(int row) {
    return new IllegalStateException(
        "row %d of %s has no action to observe the outcome of; call act first"
            .formatted(row, spec.name()));
  }

  private IllegalStateException notReady(int row) {
    return new IllegalStateException(
        "row %d of %s can't act: %s"
            .formatted(
                row,
                spec.name(),
                phase[row] == IDLE
                    ? "its episode has ended or never begun; reset the environment and call begin"
                    : "it has acted already; write the outcome and call observe"));
  }

  /**
   * Carries the episode in flight in a row, including what the actor remembers of it. Only between
   * steps.
   *
   * @throws IllegalStateException if the row has acted and its outcome is not observed yet
   */
  @Override
  public void carry(State state, int row) {
    if (!state.restoring() && phase[row] == ACTED) {
      throw new IllegalStateException(
          "an interaction is saved between steps, but row " + row + " has acted");
    }
    state.begin("interaction", 2);
    phase[row] = (byte) state.carryIndex("phase", phase[row], ACTED);
    chosen[row] = state.carry("chosen", chosen[row]);
    returns[row] = state.carry("return", returns[row]);
    lengths[row] = state.carry("length", lengths[row]);
    int width = outcomes.diagnosticsWidth();
    state.carry("diagnostics", diagnostics, row * width, width);
    observations.carry(state, row);
    actions.carry(state, row);
    actor.carry(state, row);
    state.end();
    if (state.restoring()) {
      listIdle();
      if (phase[row] == READY
          && observationCheck.foreign(some.only(row), observations.values()) == row) {
        throw new StateException("saved " + foreignObservation(observations, row));
      }
    }
  }

  /** Carries what the actor's rows have in common. */
  @Override
  public void carryShared(State state) {
    actor.carryShared(state);
  }

  /** Abandons all episodes in flight, for tasks whose state could not be restored. */
  void abandonEpisodes() {
    Arrays.fill(phase, IDLE);
    listIdle();
  }

  /**
   * Abandons the episodes of the listed rows, whether or not an action of theirs awaits its
   * outcome: they are not counted and learners are not told of an end. For rows whose simulator is
   * lost.
   */
  public void abandon(Rows rows) {
    for (int i = 0; i < rows.count(); i++) {
      phase[rows.at(i)] = IDLE;
    }
    listIdle();
  }

  /** The flyweight that listeners read. */
  private final class Ended implements Episode {
    private int row;
    private long index;

    @Override
    public int row() {
      return row;
    }

    @Override
    public long index() {
      return index;
    }

    @Override
    public double episodeReturn() {
      return returns[row];
    }

    @Override
    public long length() {
      return lengths[row];
    }

    @Override
    public boolean terminated() {
      return outcomes.terminated()[row];
    }

    @Override
    public boolean truncated() {
      return outcomes.truncated()[row];
    }

    @Override
    public double diagnostic(int i) {
      int width = outcomes.diagnosticsWidth();
      return diagnostics[row * width + Objects.checkIndex(i, width)] / lengths[row];
    }
  }

  /** The step that listeners read. */
  private final class Taken implements Step {
    @Override
    public Rows rows() {
      return listed;
    }

    @Override
    public double reward(int row) {
      return outcomes.reward()[row];
    }

    @Override
    public double earned(int row) {
      return outcomes.earned(row);
    }

    @Override
    public double diagnostic(int row, int i) {
      int width = outcomes.diagnosticsWidth();
      return outcomes.diagnostics()[row * width + Objects.checkIndex(i, width)];
    }
  }
}
