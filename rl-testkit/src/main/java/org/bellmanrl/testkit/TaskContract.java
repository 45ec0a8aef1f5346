package org.bellmanrl.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The contract of every environment, single, batched or wrapped. Tests extend one of its
 * subclasses.
 *
 * <p>Environments are played with random actions from a few seeds. To adapt a check to an
 * environment, override the method that describes it. The contract makes a new environment for
 * every play and closes it.
 */
public abstract sealed class TaskContract implements Digested
    permits EnvironmentContract, VectorEnvironmentContract, WrapperContract {

  /** Steps of all rows together: twice the calls after which HotSpot optimises a method. */
  private static final int WARM_STEPS = 10_000;

  private static final int MEASURED_STEPS = 8_000;
  private static final int MEASURED_RESETS = 500;

  private static final int TENTH = 10;

  /** New environments, {@code rows} of them. */
  abstract VectorEnvironment make(int rows);

  /** How many rows the general checks play. */
  abstract int playedRows();

  /** Seeds to play from, each at least 0. */
  protected long[] seeds() {
    return new long[] {0, 1, 42};
  }

  /** Steps per seed and row. */
  protected int steps() {
    return 300;
  }

  /** Most steps in which an end must be reached that the environment says it can reach. */
  protected int endingSteps() {
    return 20_000;
  }

  /** Chooses the actions; random ones by default. */
  protected ActionChooser chooser() {
    return ActionChooser.random();
  }

  /** Chooses the actions that are to reach an episode's end, where random ones don't. */
  protected ActionChooser endingChooser() {
    return chooser();
  }

  /** Whether nothing is drawn at random, so that every seed gives the same trace. */
  protected boolean deterministic() {
    return false;
  }

  /** Whether the environment cuts episodes itself, beside the limit that its spec declares. */
  protected boolean truncatesItself() {
    return false;
  }

  /** Whether a reset forgets the past; running statistics, for instance, outlive episodes. */
  protected boolean forgetsAtReset() {
    return true;
  }

  /** Why steps or resets allocate; empty, as by default, if they allocate nothing. */
  protected Optional<String> allocates() {
    return Optional.empty();
  }

  /**
   * Why interpreted and compiled code can't be compared; empty, as by default, if they can. The
   * comparison makes an object of the contract class in a second JVM, by its constructor without
   * arguments, and runs no lifecycle methods.
   */
  protected Optional<String> notInterpreted() {
    return Optional.empty();
  }

  /**
   * Looks at a row as text and as a grid, after every reset and step. Add your own kinds of views.
   * Pictures are drawn apart from this, at one in ten of those moments, because they take long.
   */
  protected void look(VectorEnvironment environment, int row) {
    environment
        .capability(row, TextView.class)
        .ifPresent(view -> Views.look(environment.spec().name(), view));
    environment.capability(row, GridView.class).ifPresent(Views::look);
  }

  /** The spec is the same for every object made alike, and for its whole life. */
  @Test
  public void spec_isTheSameForLife() {
    try (VectorEnvironment environment = make(playedRows());
        VectorEnvironment other = make(playedRows())) {
      EnvironmentSpec spec = environment.spec();
      new Player(environment, rowSeeds(seeds()[0]), chooser()).play(steps());
      equal(spec.name(), "two objects made alike have one spec", spec, other.spec());
      equal(spec.name(), "the spec stays the same", spec, environment.spec());
      equal(spec.name(), "rows are as many as asked for", playedRows(), environment.rows());
    }
  }

  /** Played from one seed, alone or side by side with another, the trace is the same. */
  @Test
  public void sameSeed_givesSameTrace() {
    for (long seed : seeds()) {
      Player alone = play(seed);
      try (VectorEnvironment one = make(playedRows());
          VectorEnvironment two = make(playedRows())) {
        Player left = new Player(one, rowSeeds(seed), chooser());
        Player right = new Player(two, rowSeeds(seed), chooser());
        for (int i = 0; i < steps(); i++) {
          left.play(1);
          right.play(1);
        }
        mustEqual(alone, left, "the same seed gives the same trace");
        mustEqual(alone, right, "the same seed gives the same trace, side by side with another");
      }
    }
  }

  /** Played with the same actions from different seeds, traces differ, unless declared not to. */
  @Test
  public void differentSeeds_giveDifferentTraces() {
    long[] seeds = seeds();
    Trace[] traces = new Trace[seeds.length];
    long[] actionSeeds = rowSeeds(seeds[0]);
    boolean alike = true;
    for (int i = 0; i < seeds.length; i++) {
      try (VectorEnvironment environment = make(playedRows())) {
        Player player = new Player(environment, rowSeeds(seeds[i]), actionSeeds, chooser());
        traces[i] = player.play(steps()).trace(0);
      }
      if (deterministic()) {
        traces[0].mustEqual(traces[i], "declared deterministic, so every seed gives one trace");
      }
      alike &= traces[0].same(traces[i]);
    }
    if (alike && !deterministic() && seeds.length > 1) {
      throw Failure.of(traces[0].spec().name(), "different seeds give different traces")
          .where("seeds " + Arrays.toString(seeds) + ", the same actions")
          .expected("some difference within " + steps() + " steps")
          .actual("none; override deterministic() if nothing is random")
          .error();
    }
  }

  /** Observations are elements of their space. */
  @Test
  public void observations_lieInTheirSpace() {
    for (long seed : seeds()) {
      try (VectorEnvironment environment = make(playedRows())) {
        Player player = new Player(environment, rowSeeds(seed), chooser());
        Columns copy = new Columns(environment.spec().observationSpace(), 1);
        player.play(steps());
        for (int row = 0; row < playedRows(); row++) {
          Trace trace = player.trace(row);
          for (int i = 0; i < trace.moments().size(); i++) {
            Membership.check(trace, i, copy);
          }
        }
      }
    }
  }

  /** Each element of an observation, its mask included, is written at each reset and step. */
  @Test
  public void observations_areWrittenWhole() {
    for (long seed : seeds()) {
      try (VectorEnvironment one = make(playedRows());
          VectorEnvironment two = make(playedRows())) {
        // Masks that were not written would lead the players apart, so both follow the first's.
        ActionChooser leader = chooser();
        Columns chosen = new Columns(one.spec().actionSpace(), playedRows());
        Player first =
            new Player(
                    one,
                    rowSeeds(seed),
                    (seen, row, random, actions) -> {
                      leader.choose(seen, row, random, actions);
                      chosen.copyRow(actions, row, row);
                    })
                .poisoned(Poison.FIRST);
        Player second =
            new Player(
                    two,
                    rowSeeds(seed),
                    (seen, row, random, actions) -> actions.copyRow(chosen, row, row))
                .poisoned(Poison.SECOND);
        String rule = "every element is written, whatever stood there before (two fillings)";
        try {
          for (int i = 0; i < steps(); i++) {
            first.play(1);
            second.play(1);
          }
        } finally {
          mustEqual(first, second, rule);
        }
      }
    }
  }

  /** Rewards are finite, and discounts lie in [0, 1] and are 0 at a terminal state. */
  @Test
  public void rewards_areFinite() {
    for (long seed : seeds()) {
      Player player = play(seed);
      for (int row = 0; row < playedRows(); row++) {
        Trace trace = player.trace(row);
        for (int i = 0; i < trace.moments().size(); i++) {
          Moment moment = trace.moments().get(i);
          if (!Double.isFinite(moment.reward)) {
            throw trace
                .failure(i, "a reward is a finite number", "reward")
                .expected("a finite number")
                .actual(moment.reward)
                .error();
          }
          boolean discounted =
              moment.terminated
                  ? moment.discount == 0
                  : moment.discount >= 0 && moment.discount <= 1;
          if (!discounted) {
            throw trace
                .failure(i, "a discount lies in [0, 1] and is 0 when terminated", "discount")
                .expected(moment.terminated ? "0.0, for terminated is set" : "in [0, 1]")
                .actual(moment.discount)
                .error();
          }
        }
      }
    }
  }

  /** A mask allows at least one choice of each element of the action. */
  @Test
  public void masks_allowSomeAction() {
    try (VectorEnvironment environment = make(1)) {
      if (!environment.spec().masked()) {
        Assumptions.abort("there is no mask");
      }
    }
    for (long seed : seeds()) {
      Player player = play(seed);
      for (int row = 0; row < playedRows(); row++) {
        Trace trace = player.trace(row);
        for (int i = 0; i < trace.moments().size(); i++) {
          boolean[] mask = trace.moments().get(i).mask;
          int from = 0;
          for (int width : maskParts(trace.spec())) {
            boolean any = false;
            for (int a = from; a < from + width; a++) {
              any |= mask[a];
            }
            if (!any) {
              throw trace
                  .failure(i, "a mask allows at least one action", "mask")
                  .expected("true somewhere in [%d, %d)".formatted(from, from + width))
                  .actual(Arrays.toString(mask))
                  .error();
            }
            from += width;
          }
        }
      }
    }
  }

  static int[] maskParts(EnvironmentSpec spec) {
    if (spec.maskWidth() == 0) {
      return new int[0];
    }
    if (spec.actionSpace() instanceof Discrete discrete) {
      return new int[] {discrete.n()};
    }
    if (spec.actionSpace() instanceof MultiDiscrete multi) {
      int[] parts = new int[multi.size()];
      Arrays.setAll(parts, multi::n);
      return parts;
    }
    int[] parts = new int[spec.maskWidth() / 2];
    Arrays.fill(parts, 2);
    return parts;
  }

  /** Both ends of an episode are reached, or declared not to happen; the limit is the loop's. */
  @Test
  public void ends_areReachedOrDeclaredImpossible() {
    try (VectorEnvironment environment = make(1)) {
      EnvironmentSpec spec = environment.spec();
      long seed = seeds()[0];
      Player player = new Player(environment, new long[] {seed}, endingChooser());
      boolean terminated = false;
      boolean truncated = false;
      int played = 0;
      while (played < endingSteps()
          && (!(terminated || !spec.terminates())
              || !(truncated || !truncatesItself())
              || played < steps())) {
        player.play(1);
        played++;
        Trace trace = player.trace(0);
        int last = trace.moments().size() - 1;
        Moment moment = trace.moments().get(last);
        terminated |= moment.terminated;
        truncated |= moment.truncated;
        if (moment.terminated && !spec.terminates()) {
          throw trace
              .failure(last, "a task whose spec says terminates=false has no end", "terminated")
              .expected(false)
              .actual(true)
              .error();
        }
        if (moment.truncated && !truncatesItself()) {
          throw trace
              .failure(
                  last,
                  "the loop enforces the limit; an environment that cuts episodes for another"
                      + " reason declares it by truncatesItself()",
                  "truncated")
              .expected(false)
              .actual(true)
              .error();
        }
      }
      reached(spec, "terminated", terminated, spec.terminates(), seed);
      reached(spec, "truncated", truncated, truncatesItself(), seed);
    }
  }

  private void reached(
      EnvironmentSpec spec, String end, boolean reached, boolean declared, long seed) {
    if (declared && !reached) {
      throw Failure.of(spec.name(), "an end that is declared possible is reached")
          .where("seed " + seed + ", " + endingSteps() + " steps")
          .expected(end + " at some step")
          .actual("never; override endingChooser() or endingSteps(), or declare it impossible")
          .error();
    }
  }

  /** Calls out of order are refused: steps before a reset, after an end, after the close. */
  @Test
  public void wrongOrder_isRefused() {
    Simulation simulation = new Simulation(make(1));
    String name = simulation.spec().name();
    refused(name, "a step before the first reset", simulation::stepWritten);
    ActionChooser chooser = endingChooser();
    var random = Streams.of(seeds()[0]).stream(Role.POLICY, 0);
    simulation.reset(seeds()[0]);
    for (int i = 0; i < endingSteps() && !simulation.ended(); i++) {
      chooser.choose(simulation.observations(), 0, random, simulation.actions());
      simulation.stepWritten();
    }
    if (simulation.ended()) {
      refused(name, "a step after the end", simulation::stepWritten);
      simulation.reset();
      chooser.choose(simulation.observations(), 0, random, simulation.actions());
      simulation.stepWritten();
      equal(name, "an episode begins at the reset after an end", 1L, simulation.length());
    }
    simulation.close();
    refused(name, "a step after the close", simulation::stepWritten);
    refused(name, "a reset after the close", simulation::reset);
  }

  private static void refused(String name, String mistake, Runnable call) {
    refused(name, mistake, IllegalStateException.class, List.of(name), call);
  }

  /** Requires an exception whose message holds some words. */
  static void refused(
      String name,
      String mistake,
      Class<? extends RuntimeException> type,
      List<String> words,
      Runnable call) {
    String expected = type.getSimpleName() + " whose message holds " + words;
    try {
      call.run();
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      if (type.isInstance(e) && words.stream().allMatch(message::contains)) {
        return;
      }
      throw Failure.of(name, mistake + " is refused").expected(expected).actual(e).cause(e).error();
    }
    throw Failure.of(name, mistake + " is refused")
        .expected(expected)
        .actual("no exception")
        .error();
  }

  /**
   * Actions outside the space are refused by name, value and range; the smallest and the largest
   * inside it are taken.
   */
  @Test
  public void wrongAction_isRefusedAndEveryRightOneTaken() {
    try (Simulation simulation = new Simulation(make(1))) {
      new ActionRange(simulation, chooser(), seeds()[0]).check();
    }
  }

  /** A reset begins a new episode in any state: in the middle of an episode, and twice in a row. */
  @Test
  public void reset_atAnyTime_beginsAnew() {
    for (long seed : seeds()) {
      try (VectorEnvironment environment = make(playedRows())) {
        long[] others = rowSeeds(seed + 1);
        Player player = new Player(environment, others, chooser());
        player.play(1 + steps() / 10);
        Rows all = Rows.all(playedRows());
        environment.reset(all, player.random(), player.current());
        environment.reset(all, player.random(), player.current());
        player.restart(rowSeeds(seed));
        player.play(steps());
        if (forgetsAtReset()) {
          mustEqual(
              play(seed), player, "a reset in the middle of an episode forgets what came before");
        }
      }
    }
  }

  /** Closing twice is harmless. */
  @Test
  public void close_twice_isHarmless() {
    VectorEnvironment environment = make(playedRows());
    new Player(environment, rowSeeds(seeds()[0]), chooser()).play(1);
    environment.close();
    try {
      environment.close();
    } catch (RuntimeException e) {
      throw Failure.of(environment.spec().name(), "close may be called twice")
          .expected("no exception from the second close()")
          .actual(e)
          .cause(e)
          .error();
    }
  }

  /**
   * What was saved in the middle of an episode goes on, in another object, as if nothing had
   * happened, and saving changes nothing. A task that is not {@linkplain
   * EnvironmentSpec#resumable() resumable} begins an episode with the streams where they were.
   */
  @Test
  public void restored_midEpisode_hasTheSameFuture() {
    for (long seed : seeds()) {
      try (VectorEnvironment original = make(playedRows());
          VectorEnvironment copy = make(playedRows())) {
        Player uninterrupted = play(seed);
        Player saved = new Player(original, rowSeeds(seed), chooser());
        int before = untilInFlight(saved);
        int[] moments = new int[playedRows()];
        Arrays.setAll(moments, row -> saved.trace(row).moments().size());
        byte[] bytes = BinaryState.toBytes(saved);
        StateText state = StateText.of(saved);
        Player restored = new Player(copy, rowSeeds(seed), chooser());
        restored.play(3);
        BinaryState.fromBytes(bytes, restored);
        restored.forget();
        if (!original.spec().resumable()) {
          restored.play(steps());
          continue;
        }
        String after = ", saved after " + before + " steps";
        StateText again = StateText.of(restored);
        saved.play(steps() - before);
        mustEqual(uninterrupted, saved, "saving changes nothing" + after);
        restored.play(steps() - before);
        Player future = new Player(original, rowSeeds(seed), chooser());
        BinaryState.fromBytes(bytes, future);
        future.play(steps() - before);
        mustEqual(
            since(moments, uninterrupted),
            restored,
            "a restored environment has the same future" + after);
        mustEqual(
            since(moments, uninterrupted),
            future,
            "the object that was saved, restored, has the same future" + after);
        Difference difference = state.difference(again);
        if (difference != null) {
          throw Failure.of(original.spec().name(), "what was restored saves as the same state")
              .where("seed " + seed + after + ": " + difference.field())
              .expected(difference.expected())
              .actual(difference.actual())
              .error();
        }
      }
    }
  }

  /** Other environments that a row can move to, of any number of rows. */
  List<VectorEnvironment> otherForms() {
    return List.of(make(playedRows() + 2));
  }

  /** Why a row cannot be moved by itself; empty if it can. */
  Optional<String> immovable() {
    return Optional.empty();
  }

  /**
   * A row that was saved in the middle of an episode goes on, at any index of other environments of
   * any number of rows, as if nothing had happened, and is saved there as the same bytes.
   */
  @Test
  public void movedRow_hasTheSameFuture() {
    immovable().ifPresent(Assumptions::abort);
    for (long seed : seeds()) {
      Player uninterrupted = play(seed);
      try (VectorEnvironment original = make(playedRows())) {
        if (!original.spec().resumable()) {
          Assumptions.abort("episodes are not resumable");
        }
        Player saved = new Player(original, rowSeeds(seed), chooser());
        int before = untilInFlight(saved);
        for (VectorEnvironment form : otherForms()) {
          try (form) {
            Player moved = new Player(form, rowSeeds(seed + 1, form.rows()), chooser());
            moved.play(3);
            BinaryState.fromBytes(BinaryState.toBytes(saved::carryShared), moved::carryShared);
            for (int first = 0; first < playedRows(); first += form.rows()) {
              move(saved, first, moved, uninterrupted, before);
            }
          }
        }
      }
    }
  }

  /** Moves as many rows as there is room for, the first to the last index, and compares them. */
  private void move(Player saved, int first, Player moved, Player uninterrupted, int before) {
    String name = saved.environment().spec().name();
    int count = Math.min(moved.rows(), saved.rows() - first);
    Rows rows = new Rows(moved.rows());
    for (int to = moved.rows() - count; to < moved.rows(); to++) {
      int target = to;
      int source = first + moved.rows() - 1 - to;
      byte[] bytes = BinaryState.toBytes(state -> saved.carry(state, source));
      BinaryState.fromBytes(bytes, state -> moved.carry(state, target));
      byte[] again = BinaryState.toBytes(state -> moved.carry(state, target));
      if (!Arrays.equals(bytes, again)) {
        throw Failure.of(name, "a row has one form, wherever it is")
            .where("row %d, moved to row %d of %d".formatted(source, target, moved.rows()))
            .expected(bytes.length + " bytes, those that it was restored from")
            .actual(again.length + " bytes, others")
            .error();
      }
      rows.add(target);
    }
    moved.forget();
    for (int i = before; i < steps(); i++) {
      moved.play(rows);
    }
    for (int i = 0; i < rows.count(); i++) {
      int source = first + moved.rows() - 1 - rows.at(i);
      uninterrupted
          .trace(source)
          .from(saved.trace(source).moments().size())
          .mustEqual(
              moved.trace(rows.at(i)),
              "a row that was moved to row %d of %d after %d steps has the same future"
                  .formatted(rows.at(i), moved.rows(), before));
    }
  }

  /** Plays until every row, or at least the first, is in the middle of an episode. */
  private int untilInFlight(Player player) {
    int played = 0;
    int least = Math.min(7, steps() / 2);
    while (played < least || (player.isIdle(0) && played < steps() / 2)) {
      player.play(1);
      played++;
    }
    return played;
  }

  /** What a play showed after so many moments of each row. */
  private static Trace[] since(int[] moments, Player player) {
    Trace[] futures = new Trace[moments.length];
    Arrays.setAll(futures, row -> player.trace(row).from(moments[row]));
    return futures;
  }

  /** Interpreted and compiled code give the same bits. */
  @Test
  public void interpreted_equalsCompiled() {
    notInterpreted().ifPresent(Assumptions::abort);
    int played = Math.max(1, seeds().length * steps() * playedRows());
    String name;
    try (VectorEnvironment environment = make(1)) {
      name = environment.spec().name();
    }
    Interpreter.check(name, getClass(), this, Math.max(2, WARM_STEPS / played));
  }

  @Override
  public final String digest() {
    Hash hash = new Hash();
    for (long seed : seeds()) {
      Player player = play(seed);
      for (int row = 0; row < playedRows(); row++) {
        player.trace(row).hash(hash);
      }
    }
    return hash.text();
  }

  /**
   * Looking at an environment, in every way there is, doesn't change its future. Pictures, which
   * take long, are drawn in the play of the first seed only.
   */
  @Test
  public void looking_changesNothing() {
    for (long seed : seeds()) {
      try (VectorEnvironment environment = make(playedRows())) {
        Player watched = new Player(environment, rowSeeds(seed), chooser());
        int[] moments = {0};
        watched.afterEach(() -> {
          // Another one of each ten, so that short episodes are seen at all of their moments.
          int moment = moments[0]++;
          boolean drawn = seed == seeds()[0] && moment % TENTH == moment / TENTH % TENTH;
          for (int row = 0; row < playedRows(); row++) {
            if (watched.hasBegun(row)) {
              look(environment, row);
              if (drawn) {
                environment
                    .capability(row, PictureView.class)
                    .ifPresent(view -> Views.look(environment.spec().name(), view));
              }
            }
          }
        });
        watched.play(steps());
        mustEqual(play(seed), watched, "being looked at changes nothing");
      }
    }
  }

  /** Every start and every step of a task with an exact model is one that the model knows. */
  @Test
  public void steps_areInTheModel() {
    try (VectorEnvironment environment = make(1)) {
      Optional<Modelled> modelled = environment.capability(0, Modelled.class);
      if (modelled.isEmpty()) {
        Assumptions.abort("there is no exact model");
      }
      ModelSteps steps = new ModelSteps(environment.spec(), modelled.get().model());
      for (long seed : seeds()) {
        Player player = new Player(environment, new long[] {seed}, chooser());
        player.play(10 * steps());
        steps.check(player.trace(0));
      }
    }
  }

  /** Steps and resets allocate nothing once warm. */
  @Test
  public void warmSteps_allocateNothing() {
    allocates().ifPresent(Assumptions::abort);
    try (VectorEnvironment environment = make(playedRows())) {
      Meter meter = new Meter(environment, rowSeeds(seeds()[0]), chooser());
      int steps = Math.max(1, MEASURED_STEPS / playedRows());
      String name = environment.spec().name();
      little(name, "step", Allocation.settled(() -> meter.play(steps)));
      little(name, "reset", Allocation.settled(() -> meter.reset(MEASURED_RESETS)));
    }
  }

  static void little(String name, String call, double bytes) {
    if (bytes >= Allocation.LIMIT) {
      throw Failure.of(name, "a warm " + call + " allocates nothing")
          .expected("0 bytes per " + call)
          .actual("%.2f bytes".formatted(bytes))
          .repeat("look for the site with a JFR profile; override allocates() to declare it")
          .error();
    }
  }

  final Player play(long seed) {
    try (VectorEnvironment environment = make(playedRows())) {
      return new Player(environment, rowSeeds(seed), chooser()).play(steps());
    }
  }

  final long[] rowSeeds(long seed) {
    return rowSeeds(seed, playedRows());
  }

  static long[] rowSeeds(long seed, int rows) {
    long[] seeds = new long[rows];
    Arrays.setAll(seeds, row -> seed + 1009L * row);
    return seeds;
  }

  static void mustEqual(Player expected, Player actual, String rule) {
    Trace[] traces = new Trace[expected.environment().rows()];
    Arrays.setAll(traces, expected::trace);
    mustEqual(traces, actual, rule);
  }

  static void mustEqual(Trace[] expected, Player actual, String rule) {
    for (int row = 0; row < expected.length; row++) {
      expected[row].mustEqual(actual.trace(row), rule);
    }
  }

  static void equal(String name, String rule, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw Failure.of(name, rule).expected(expected).actual(actual).error();
    }
  }
}
