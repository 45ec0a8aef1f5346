package org.bellmanrl.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
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
public abstract sealed class TaskContract implements DigestedContract
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
      Checks.equal(spec.name(), "two objects made alike have one spec", spec, other.spec());
      Checks.equal(spec.name(), "the spec stays the same", spec, environment.spec());
      Checks.equal(spec.name(), "rows are as many as asked for", playedRows(), environment.rows());
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
          MomentChecks.reward(trace, i);
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
          MomentChecks.mask(trace, i);
        }
      }
    }
  }

  /** Both ends of an episode are reached, or declared not to happen; the limit is the loop's. */
  @Test
  public void ends_areReachedOrDeclaredImpossible() {
    new EndChecks(this).areReachedOrDeclaredImpossible();
  }

  /** Calls out of order are refused: steps before a reset, after an end, after the close. */
  @Test
  public void wrongOrder_isRefused() {
    new EndChecks(this).wrongOrderIsRefused();
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
    new RestoreChecks(this).midEpisode();
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
    new RestoreChecks(this).movedRow();
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
      AllocationMeter meter = new AllocationMeter(environment, rowSeeds(seeds()[0]), chooser());
      int steps = Math.max(1, MEASURED_STEPS / playedRows());
      String name = environment.spec().name();
      Checks.little(name, "step", Allocation.settled(steps, () -> meter.play(steps)));
      double bytes = Allocation.settled(MEASURED_RESETS, () -> meter.reset(MEASURED_RESETS));
      Checks.little(name, "reset", bytes);
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
}
