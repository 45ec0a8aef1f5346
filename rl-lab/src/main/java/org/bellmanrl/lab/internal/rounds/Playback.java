package org.bellmanrl.lab.internal.rounds;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Learner.Rounds;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.api.state.StatefulRows;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.ForwardingEnvironments;
import org.bellmanrl.lab.internal.flight.ForwardingLearner;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Stepping;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Shows a trainer the records of rounds as if its own environments and actor were at work: {@link
 * #environment} and {@link #learner} take the places of those. When a round has been shown, the
 * next is played.
 *
 * <p>The environments and the actor that are hidden behind stand where the last {@link #settle}
 * left them; so call that before they are saved.
 *
 * <p>A learner of {@link Rounds.Fixed} learns what it would without rounds. For one of {@link
 * Rounds.Any} the behaviour of a round is part of the state: {@link #carry} carries it, so that a
 * run that goes on in the middle of a round ends the round as it began.
 *
 * <p>If rounds overlap with learning, a round is played while the one before is shown, with the
 * behaviour that the learner had when that began to be shown, which is part of the state, too. So
 * the result does not depend on how long either takes.
 *
 * <p>If rows are {@linkplain AsynchronousRows asynchronous}, it does, and nothing of a round is
 * part of the state: a run that goes on plays new rounds.
 */
public final class Playback implements Stateful, AutoCloseable {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final RoundEngine engine;
  private final Budget budget;
  private final Stepping stepping;
  private final VectorEnvironment real;
  private @Nullable Learner learner;
  private @Nullable Trainer<?> trainer;

  /** Where each row was when the round began; empty before the first. */
  private byte[][] before = {};

  /** Where each row is when the round ends. */
  private byte[][] after = {};

  private byte[] behaviour = {};
  private @Nullable Trace trace;

  /** Whether the rows have gathered nothing yet when the round begins, whatever they have then. */
  private boolean clearing;

  /** Steps of the round; fewer than planned where the run ends before. */
  private int steps;

  private int planned;
  private int shown;

  /** Steps that a restored round has left. */
  private int left;

  /** What the next round is played with if rounds overlap; null if there was none before. */
  private @Nullable Due due;

  /** The next round, if it is being played already. */
  private RoundEngine.@Nullable Playing playing;

  /** Takes the next round. */
  private @Nullable Trace other;

  /** What plays the rounds if rows are asynchronous, and how each row played the present one. */
  private @Nullable AsynchronousRows rows;

  private RoundEngine.Plan[] plans = {};

  private long rounds;
  private long waited;

  /** How a round is to be played. */
  @SuppressWarnings("ArrayRecordComponent") // nobody changes it
  private record Due(byte[] behaviour, int steps) {}

  /**
   * What steps the rows of a run ahead of its learner.
   *
   * @param trained the run's environments, which it closes
   * @param rounds makes what plays the rounds; null for this process
   * @param stopping whether the run is asked to stop
   * @return null if the rows are stepped one by one
   */
  public static @Nullable Playback of(
      Assembler assembler,
      Experiment experiment,
      VectorEnvironment trained,
      RoundEngine.@Nullable Maker rounds,
      BooleanSupplier stopping,
      Consumer<String> warnings) {
    RoundEngine engine;
    if (rounds != null) {
      engine = rounds.make(assembler, experiment, stopping, warnings);
    } else if (experiment.stepping().ahead()) {
      engine = new LocalRounds(assembler, experiment);
    } else {
      return null;
    }
    return new Playback(engine, trained, experiment.budget(), experiment.stepping());
  }

  /**
   * Shows rounds.
   *
   * @param engine plays them; closed with this
   * @param real what is learned on; closed by the trainer
   * @param budget when the run ends
   * @param stepping how far rows are stepped ahead
   */
  private Playback(RoundEngine engine, VectorEnvironment real, Budget budget, Stepping stepping) {
    this.engine = engine;
    this.real = real;
    this.budget = budget;
    this.stepping = stepping;
  }

  /** What the trainer is to step. */
  public VectorEnvironment environment() {
    return new Shown();
  }

  /** The learner as the trainer is to have it. */
  public Learner learner(Learner wrapped) {
    learner = wrapped;
    return new Led(wrapped);
  }

  /**
   * Takes the trainer, before it runs for the first time.
   *
   * @throws UserError if its rows can't be stepped ahead
   */
  public void attach(Trainer<?> of, Experiment experiment) {
    trainer = of;
    String refusal = refusal(experiment);
    if (!refusal.isEmpty()) {
      throw new UserError(refusal);
    }
  }

  /** Why rows can't be stepped ahead; empty if they can. */
  private String refusal(Experiment experiment) {
    Rounds rounds = learner().rounds();
    String id = experiment.learner().id();
    if (rounds instanceof Rounds.None || learner().needsNextAction()) {
      return id
          + " learns from each step before it takes the next, so that its rows can't be stepped"
          + " ahead of it: train it without --round, and with --cluster only whole runs, by --seeds"
          + " N";
    }
    if (rounds instanceof Rounds.Any && stepping.round() == 1) {
      return id
          + " learns after every step: with --cluster, --overlap or --asynchronous say --round K,"
          + " after how many steps of each environment it is to learn; K changes the result, the"
          + " number of workers does not";
    }
    if (rounds instanceof Rounds.Fixed && stepping.round() > 1) {
      return "the rounds of %s are its rollouts: leave --round out".formatted(id);
    }
    if (stepping.overlap() && rounds instanceof Rounds.Fixed fixed && !fixed.correcting()) {
      return id
          + " learns from what its present policy does, and rounds that overlap with learning come"
          + " from the policy before: leave --overlap out, or take ppo or impala, which correct for"
          + " the difference";
    }
    if (!stepping.reproducible()
        && !(rounds instanceof Rounds.Any && real.sharing() == StatefulRows.Sharing.NEVER)) {
      return "--asynchronous is for learners that learn from whatever behaviour they are shown, such as"
          + " impala, and for wrappers that share nothing: leave it out";
    }
    if (stepping.overlap()
        && rounds instanceof Rounds.Fixed
        && real.sharing() == StatefulRows.Sharing.BY_MERGING
        && !experiment.from().isEmpty()) {
      return "a run that begins with --from may begin in the middle of a rollout, at whose end the"
          + " wrappers with update=round could not be up to date: leave --overlap out";
    }
    if (!real.spec().resumable()) {
      return real.spec().name()
          + " can't be saved in the middle of an episode, so that its rows can't be stepped"
          + " elsewhere";
    }
    if (real.sharing() == StatefulRows.Sharing.BY_STEPPING) {
      return ("of the wrappers %s, one learns from all rows at every step, so that these can't be stepped apart;"
              + " normalize-observation and normalize-reward can do with update=round")
          .formatted(experiment.wrappers().stream().map(Experiment.Part::id).toList());
    }
    return "";
  }

  /**
   * Has to be called before the trainer runs on.
   *
   * @throws UserError if it can't without workers
   */
  public void begin() {
    if (!stepping.reproducible() && engine instanceof LocalRounds) {
      throw new UserError(
          "an asynchronous run needs workers that step its environments: give --cluster HOST:PORT or"
              + " --workers N, without --seeds; or leave --asynchronous out");
    }
    if (before.length == 0) {
      before = new byte[real.rows()][];
      Arrays.setAll(before, row -> BinaryState.toBytes(trainer().row(row)));
      after = before;
    }
  }

  private Trainer<?> trainer() {
    if (trainer == null) {
      throw new IllegalStateException("there is no trainer to show rounds to");
    }
    return trainer;
  }

  private Learner learner() {
    if (learner == null) {
      throw new IllegalStateException("there is no learner to show rounds to");
    }
    return learner;
  }

  /** The step to be shown; plays a round if there is none left. */
  private Trace now() {
    Trace current = trace;
    if (current != null && shown < steps) {
      return current;
    }
    if (!stepping.reproducible()) {
      return asynchronous(current);
    }
    boolean clears = stepping.overlap() && left == 0;
    Due round;
    @Nullable Due next = due;
    if (left > 0) {
      round = new Due(behaviour, left);
    } else {
      Due present = due();
      round = due == null ? present : due;
      next = stepping.overlap() ? present : null;
    }
    long rest = budget.steps() - trainer().progress().steps();
    int length = within(rest, round.steps);
    long began = System.nanoTime();
    RoundEngine.Playing begun = playing;
    byte[][] end;
    // Either may be given up, and then everything is as if the round had not begun.
    if (begun == null) {
      current = room(current, length);
      end = engine.play(new RoundEngine.Plan(round.behaviour, length, clears), after, current);
    } else {
      end = begun.await(true);
      playing = null;
      Trace shownBefore = current;
      current = room(other, length);
      other = shownBefore;
    }
    waited += System.nanoTime() - began;
    rounds++;
    trace = current;
    clearing = clears;
    behaviour = round.behaviour;
    planned = round.steps;
    due = next;
    left = 0;
    before = after;
    after = end;
    steps = length;
    shown = 0;
    rest -= (long) steps * real.rows();
    if (next != null && rest > 0) {
      int nextLength = within(rest, next.steps);
      other = room(other, nextLength);
      playing = engine.begin(new RoundEngine.Plan(next.behaviour, nextLength, true), after, other);
    }
    return current;
  }

  /** The next round of rows that are stepped independently. */
  private Trace asynchronous(@Nullable Trace used) {
    int length = stepping.round();
    AsynchronousRows under = rows;
    if (under == null) {
      under = new AsynchronousRows(engine, () -> trace(1, length), stepping.asynchronous());
      rows = under;
      under.begin(after);
    }
    byte[] present = RowPlayer.behaviour(learner(), trainer().progress(), real);
    long began = System.nanoTime();
    AsynchronousRows.Done[] done = under.take(new RoundEngine.Plan(present, length, false));
    waited += System.nanoTime() - began;
    rounds++;
    planned = length;
    steps = length;
    shown = 0;
    Trace current = room(used, steps);
    plans = new RoundEngine.Plan[done.length];
    before = after;
    after = new byte[done.length][];
    for (int row = 0; row < done.length; row++) {
      current.copy(done[row].trace(), row, steps);
      plans[row] = done[row].plan();
      after[row] = done[row].after();
    }
    trace = current;
    return current;
  }

  private Trace trace(int ofRows, int ofSteps) {
    return new Trace(real.spec(), learner().behaviour().extras(), ofRows, ofSteps);
  }

  /** A round with the present behaviour. */
  private Due due() {
    return new Due(
        RowPlayer.behaviour(learner(), trainer().progress(), real),
        learner().rounds() instanceof Rounds.Fixed fixed ? fixed.steps() : stepping.round());
  }

  /** A round's steps before the budget is used up, at least 1. */
  private int within(long rest, int most) {
    return (int) Math.min(most, Math.max(1, Math.ceilDiv(rest, (long) real.rows())));
  }

  /** A trace with room for some steps: the same if it has that. */
  private Trace room(@Nullable Trace used, int wanted) {
    return used != null && used.steps() >= wanted ? used : trace(real.rows(), wanted);
  }

  /** Whether a round has been shown in part: {@link #settle} would step its rows again. */
  public boolean inMidRound() {
    return shown > 0 && shown < steps;
  }

  /** How many rounds were played. */
  public long rounds() {
    return rounds;
  }

  /** Seconds that the learner has waited for them. */
  public double secondsWaited() {
    return waited / 1e9;
  }

  /**
   * Puts the environments, streams and actors where the loop is.
   *
   * @throws RoundEngine.StoppedException if rows must be stepped for that, and there are no workers
   */
  public void settle() {
    if (before.length == 0) {
      return;
    }
    byte[][] here = shown == steps ? after : before;
    if (inMidRound()) {
      here = again();
    }
    for (int row = 0; row < here.length; row++) {
      BinaryState.fromBytes(here[row], trainer().row(row));
    }
  }

  /** Plays the steps of the round that have been shown; where the rows are then. */
  private byte[][] again() {
    if (rows == null) {
      RoundEngine.Plan plan = new RoundEngine.Plan(behaviour, shown, clearing);
      return engine.begin(plan, before, trace(real.rows(), shown)).await(false);
    }
    RoundEngine.Playing[] begun = new RoundEngine.Playing[plans.length];
    for (int row = 0; row < begun.length; row++) {
      RoundEngine.Plan plan = new RoundEngine.Plan(plans[row].behaviour(), shown, false);
      begun[row] = engine.begin(plan, new byte[][] {before[row]}, trace(1, shown));
    }
    byte[][] here = new byte[begun.length][];
    Arrays.setAll(here, row -> begun[row].await(false)[0]);
    return here;
  }

  /** Carries the rest of a round and, if rounds overlap, what the next is played with. */
  @Override
  public void carry(State state) {
    state.begin("round", 1);
    int most = learner().rounds() instanceof Rounds.Any ? stepping.round() : Integer.MAX_VALUE - 1;
    int rest = rows != null ? 0 : left > 0 ? left : planned - shown;
    rest = state.carryWithin("rest", rest, 0, most);
    if (rest > 0) {
      behaviour = state.carryUpTo("behaviour", behaviour, behaviour.length, MOST_BYTES);
    }
    @Nullable Due next = due;
    if (stepping.overlap()) {
      int nextSteps = state.carryWithin("next_steps", next == null ? 0 : next.steps, 0, most);
      byte[] bytes = next == null ? new byte[0] : next.behaviour;
      bytes = state.carryUpTo("next_behaviour", bytes, bytes.length, MOST_BYTES);
      next = nextSteps == 0 ? null : new Due(bytes, nextSteps);
    }
    state.end();
    if (state.restoring()) {
      forget();
      left = rest;
      due = next;
    }
  }

  /** The rows are no longer where they were: everything has been restored. */
  private void forget() {
    before = new byte[0][];
    steps = 0;
    shown = 0;
    planned = 0;
    left = 0;
  }

  @Override
  public void close() {
    try (engine) {
      if (rows != null) {
        rows.close();
      }
    }
  }

  /** The environments as the trainer sees them. */
  private final class Shown extends ForwardingEnvironments {
    Shown() {
      super(real);
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      now().reset(rows, shown, observations);
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      now().step(rows, shown, outcomes);
      shown++;
    }

    /** Merges rows that were stepped elsewhere, which continue from there. */
    @Override
    public void mergeRows() {
      if (shown < steps || steps < planned) {
        return;
      }
      settle();
      super.mergeRows();
      Arrays.setAll(after, row -> BinaryState.toBytes(trainer().row(row)));
    }
  }

  /** A learner whose behaviour does what is on record. */
  private final class Led extends ForwardingLearner {
    private final Policy behaviour;

    Led(Learner learner) {
      super(learner);
      this.behaviour = new Recorded(learner.behaviour());
    }

    @Override
    public Policy behaviour() {
      return behaviour;
    }
  }

  private final class Recorded implements Policy {
    private final Policy policy;

    Recorded(Policy policy) {
      this.policy = policy;
    }

    @Override
    public Actor actor(int rows, RandomStreams random) {
      return new Reader(policy.actor(rows, random));
    }

    @Override
    public Policy snapshot() {
      return policy.snapshot();
    }

    @Override
    public Dict extras() {
      return policy.extras();
    }
  }

  private final class Reader implements Actor {
    private final Actor actor;

    Reader(Actor actor) {
      this.actor = actor;
    }

    @Override
    public int rows() {
      return actor.rows();
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      now().act(rows, shown, actions);
    }

    @Override
    public void carry(State state, int row) {
      actor.carry(state, row);
    }

    @Override
    public void carryShared(State state) {
      actor.carryShared(state);
    }
  }
}
