package org.bellmanrl.api.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Listener.Episode;
import org.bellmanrl.api.Listener.Step;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Recorder.Seen;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  private static final int CELLS = 4;
  private static final int LIMIT = 6;

  private static VectorEnvironment corridors(int rows) {
    Environment[] environments = new Environment[rows];
    for (int row = 0; row < rows; row++) {
      environments[row] = new Corridor(CELLS, LIMIT);
    }
    return VectorEnvironment.of(environments);
  }

  private static Recorder train(VectorEnvironment environment, boolean nextAction, Budget budget) {
    Recorder recorder = new Recorder(nextAction);
    Trainer.on(environment).seed(7).budget(budget).build(context -> recorder).run();
    return recorder;
  }

  @ParameterizedTest
  @CsvSource({"1,false", "3,false", "1,true", "3,true"})
  void run_anyLearner_transitionsFormTrajectories(int rows, boolean nextAction) {
    List<Seen> seen = train(corridors(rows), nextAction, Budget.steps(600)).seen;
    Seen[] before = new Seen[rows];
    int truncations = 0;
    int terminations = 0;
    for (Seen now : seen) {
      Seen previous = before[now.row()];
      assertThat(now.first()).isEqualTo(previous == null || previous.last());
      if (now.first()) {
        assertThat(now.observation()).isBetween(0, 1);
      } else {
        assertThat(now.observation()).isEqualTo(previous.next());
        if (nextAction) {
          assertThat(now.action())
              .as("the action drawn is the action played")
              .isEqualTo(previous.nextAction());
        }
      }
      assertThat(now.next()).isEqualTo(now.observation() + now.action());
      boolean terminated = now.next() == CELLS;
      assertThat(now.discount()).isEqualTo(terminated ? 0 : 1);
      assertThat(now.reward()).isEqualTo(terminated ? 10 : -1);
      terminations += terminated ? 1 : 0;
      truncations += now.last() && !terminated ? 1 : 0;
      before[now.row()] = now;
    }
    assertThat(terminations).isPositive();
    assertThat(truncations).isPositive();
  }

  @Test
  void run_nextActionNeeded_eachActionIsDrawnOnceAndAtTruncationsOnceMore() {
    Recorder recorder = train(corridors(1), true, Budget.episodes(200));
    long truncations = recorder.seen.stream().filter(s -> s.last() && s.discount() == 1).count();
    assertThat(truncations).isPositive();
    assertThat(recorder.policy.asked).isEqualTo(recorder.seen.size() + truncations);
  }

  @Test
  void run_limit_cutsEpisodesAtTheLimitAndNowhereElse() {
    List<Seen> seen = train(corridors(1), false, Budget.steps(400)).seen;
    int length = 0;
    for (Seen now : seen) {
      length++;
      assertThat(now.last()).isEqualTo(length == LIMIT || now.discount() == 0);
      if (now.last()) {
        length = 0;
      }
    }
  }

  @Test
  void run_otherLimitGiven_isUsedInstead() {
    Recorder recorder = new Recorder(false);
    Trainer.on(new Corridor(CELLS, LIMIT))
        .maxEpisodeSteps(2)
        .budget(Budget.episodes(5))
        .build(context -> recorder)
        .run();
    assertThat(recorder.seen).hasSize(10);
  }

  @ParameterizedTest
  @CsvSource({"1,false", "3,false", "1,true", "3,true"})
  void run_inPieces_isTheSameAsInOneGo(int rows, boolean nextAction) {
    Recorder whole = train(corridors(rows), nextAction, Budget.steps(300));
    Recorder pieces = new Recorder(nextAction);
    Trainer<?> trainer =
        Trainer.on(corridors(rows)).seed(7).budget(Budget.steps(300)).build(context -> pieces);
    while (trainer.run(17) == Trainer.StopReason.PAUSE) {
      assertThat(trainer.progress().steps()).isLessThan(300);
    }
    assertThat(pieces.seen).isEqualTo(whole.seen);
  }

  @ParameterizedTest
  @CsvSource({"1,false", "3,false", "1,true", "3,true"})
  void restore_afterSaveInMidEpisode_continuesAsIfNothingHappened(int rows, boolean nextAction) {
    Recorder whole = train(corridors(rows), nextAction, Budget.steps(300));
    Recorder beginning = new Recorder(nextAction);
    Trainer<?> first =
        Trainer.on(corridors(rows)).seed(7).budget(Budget.steps(300)).build(context -> beginning);
    first.run(100);
    byte[] saved = BinaryState.toBytes(first);

    Recorder rest = new Recorder(nextAction);
    Trainer<?> second =
        Trainer.on(corridors(rows)).seed(999).budget(Budget.steps(300)).build(context -> rest);
    BinaryState.fromBytes(saved, second);
    second.run();

    List<Seen> joined = new ArrayList<>(beginning.seen);
    joined.addAll(rest.seen);
    assertThat(joined).isEqualTo(whole.seen);
    assertThat(BinaryState.toBytes(second)).isEqualTo(stateOf(rows, nextAction));
  }

  private static byte[] stateOf(int rows, boolean nextAction) {
    Trainer<?> trainer =
        Trainer.on(corridors(rows))
            .seed(7)
            .budget(Budget.steps(300))
            .build(context -> new Recorder(nextAction));
    trainer.run();
    return BinaryState.toBytes(trainer);
  }

  @Test
  void restore_environmentThatCantBeSaved_beginsANewEpisode() {
    Recorder recorder = new Recorder(false);
    Trainer<?> trainer = Trainer.on(new Corridor(1000, 0, false)).build(context -> recorder);
    trainer.run(50);
    byte[] saved = BinaryState.toBytes(trainer);
    Recorder rest = new Recorder(false);
    Trainer<?> second = Trainer.on(new Corridor(1000, 0, false)).build(context -> rest);
    BinaryState.fromBytes(saved, second);
    second.run(1);
    assertThat(rest.seen.getFirst().first()).isTrue();
    assertThat(rest.seen.getFirst().observation()).isBetween(0, 1);
  }

  /** Counts steps over all episodes, as a running statistic does. */
  private static final class Counted implements VectorEnvironment {
    private final VectorEnvironment inner = VectorEnvironment.of(new Corridor(1000, 0, false));
    private long steps;

    @Override
    public EnvironmentSpec spec() {
      return inner.spec();
    }

    @Override
    public int rows() {
      return inner.rows();
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      inner.reset(rows, random, observations);
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      inner.step(rows, actions, random, outcomes);
      steps++;
    }

    @Override
    public void carryShared(State state) {
      steps = state.carry("steps", steps);
      inner.carryShared(state);
    }

    @Override
    public void carry(State state, int row) {
      inner.carry(state, row);
    }
  }

  @Test
  void restore_wrapperAroundAnEnvironmentThatCantBeSaved_keepsWhatTheWrapperLearned() {
    Trainer<?> trainer = Trainer.on(new Counted()).build(context -> new Recorder(false));
    trainer.run(50);
    byte[] saved = BinaryState.toBytes(trainer);
    Counted counted = new Counted();
    Recorder rest = new Recorder(false);
    Trainer<?> second = Trainer.on(counted).build(context -> rest);
    BinaryState.fromBytes(saved, second);
    assertThat(counted.steps).isEqualTo(50);
    second.run(1);
    assertThat(counted.steps).isEqualTo(51);
    assertThat(rest.seen.getFirst().first()).isTrue();
  }

  @Test
  void run_listeners_hearEpisodesStepsMetricsAndStop() {
    List<Double> returns = new ArrayList<>();
    List<Double> counts = new ArrayList<>();
    long[] steps = {0, 0};
    Listener listener =
        new Listener() {
          @Override
          public void onEpisode(Episode episode, Progress progress) {
            assertThat(episode.index()).isEqualTo(returns.size());
            assertThat(progress.episodes()).isEqualTo(returns.size() + 1);
            double expected = episode.terminated() ? 11 - episode.length() : -episode.length();
            assertThat(episode.episodeReturn()).isEqualTo(expected);
            assertThat(episode.truncated()).isEqualTo(episode.length() == LIMIT);
            returns.add(episode.episodeReturn());
          }

          @Override
          public void onStep(Step step, Progress progress) {
            assertThat(progress.steps()).isEqualTo(++steps[0]);
          }

          @Override
          public void onMetric(String name, double value, Progress progress) {
            assertThat(name).isEqualTo("count");
            counts.add(value);
          }

          @Override
          public void onStop(Progress progress) {
            steps[1]++;
          }
        };
    Trainer.StopReason reason =
        Trainer.on(new Corridor(CELLS, LIMIT))
            .listener(listener)
            .metricsEvery(10)
            .budget(Budget.steps(45))
            .build(context -> new Recorder(false))
            .run();
    assertThat(reason).isEqualTo(Trainer.StopReason.BUDGET);
    assertThat(returns).isNotEmpty();
    assertThat(counts).containsExactly(10d, 20d, 30d, 40d);
    assertThat(steps).containsExactly(45, 1);
  }

  @Test
  void run_listenerWantsStop_stops() {
    Listener stopper =
        new Listener() {
          @Override
          public boolean wantsStop() {
            return true;
          }
        };
    Trainer<?> trainer =
        Trainer.on(new Corridor(CELLS, LIMIT))
            .listener(stopper)
            .build(context -> new Recorder(false));
    assertThat(trainer.run()).isEqualTo(Trainer.StopReason.LISTENER);
    assertThat(trainer.progress().episodes()).isEqualTo(1);
  }

  @Test
  void run_wallTimeUsedUp_stops() {
    Trainer<?> trainer =
        Trainer.on(new Corridor(CELLS, LIMIT))
            .budget(Budget.wallTime(Duration.ZERO))
            .build(context -> new Recorder(false));
    assertThat(trainer.run()).isEqualTo(Trainer.StopReason.WALL_TIME);
  }

  @Test
  void stop_fromAnotherThread_stops() throws InterruptedException {
    CoinLearner learner = new CoinLearner();
    Trainer<?> trainer = Trainer.on(new Corridor(CELLS, LIMIT)).build(context -> learner);
    Trainer.StopReason[] reason = new Trainer.StopReason[1];
    Thread thread = new Thread(() -> reason[0] = trainer.run());
    thread.start();
    learner.running.await();
    trainer.stop();
    thread.join();
    assertThat(reason[0]).isEqualTo(Trainer.StopReason.REQUEST);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void fraction_ofBudget_growsToOne(int rows) {
    RunProgress progress = new RunProgress(new Budget(8, 100, Duration.ofDays(1)));
    assertThat(progress.fraction()).isZero();
    progress.addSteps(rows);
    assertThat(progress.fraction()).isEqualTo(rows / 8.0);
    progress.addSteps(8);
    assertThat(progress.fraction()).isEqualTo(1);
    assertThat(progress.exhausted()).isTrue();
  }

  @Test
  void close_closesTheEnvironment() {
    Corridor corridor = new Corridor(CELLS, LIMIT);
    try (Trainer<?> trainer = Trainer.on(corridor).build(context -> new Recorder(false))) {
      trainer.run(1);
    }
    assertThat(corridor.closed).isTrue();
  }
}
