package org.bellmanrl.lab.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Listener.Episode;
import org.bellmanrl.api.Listener.Step;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.registry.Catalogue.Offers;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.run.TrialPlan;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners of others, in runs that are interrupted and resumed. */
class ListenersTest {
  private static final int ENOUGH = 150;
  private static final CheckpointInterval OFTEN =
      new CheckpointInterval(Double.POSITIVE_INFINITY, 100);
  private static final CheckpointInterval NEVER =
      new CheckpointInterval(Double.POSITIVE_INFINITY, Long.MAX_VALUE);

  /** What a listener was told besides episodes. */
  private final List<String> told = new ArrayList<>();

  private final List<String> warnings = new ArrayList<>();

  @TempDir Path folder;

  /** Writes every return down, and has enough after so many episodes. */
  private final class Diary implements Listener, Stateful, AutoCloseable {
    private final StringBuilder text = new StringBuilder();
    private final Path file;
    private int episodes;

    Diary(ListenerEntry.Context context) {
      this.file = context.folder().resolve("diary.txt");
      told.add("made for " + context.task().name() + ", seed " + context.seed());
    }

    @Override
    public void onEpisode(Episode episode, Progress progress) {
      episodes++;
      text.append(progress.steps()).append(' ').append(episode.episodeReturn()).append('\n');
    }

    @Override
    public void onMetric(String name, double value, Progress progress) {
      text.append(progress.steps()).append(' ').append(name).append(value).append('\n');
    }

    @Override
    public boolean wantsStop() {
      return episodes >= ENOUGH;
    }

    @Override
    public void onStop(Progress progress) {
      told.add("stopped");
      try {
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      told.add("closed");
    }

    @Override
    public void carry(State state) {
      state.begin("diary", 1);
      episodes = state.carry("episodes", episodes);
      String carried = state.carry("text", text.toString());
      text.setLength(0);
      text.append(carried);
      state.end();
    }
  }

  private void list(Offers offers) {
    offers.add(ListenerEntry.of("acme/diary", "writes returns down", Diary::new));
    offers.add(ListenerEntry.of("acme/forgetful", "keeps nothing", context -> new Listener() {}));
    offers.add(ListenerEntry.of("acme/crash", "fails", context -> new Crash()));
  }

  private static final class Crash implements Listener {
    @Override
    public void onStep(Step step, Progress progress) {
      if (progress.steps() == 450) {
        throw new IllegalStateException("crash");
      }
    }
  }

  private final Assembler assembler =
      new Assembler(
          Registry.builder().discover(Registry.class.getClassLoader()).add(this::list).build());

  private Experiment experiment(String... listeners) {
    return new Resolver(assembler.entries(), new Presets())
        .resolve(
            TrainingRequest.of("q-learning", "FrozenLake-v1")
                .withBudget(Budget.steps(100_000))
                .withTrials(new TrialPlan(150, 2, Double.NaN, 0))
                .withListeners(
                    List.of(listeners).stream()
                        .map(id -> new Experiment.Part(id, Map.of()))
                        .toList())
                .withSeed(7));
  }

  private TrainingRun begin(Experiment experiment, String name, CheckpointInterval interval) {
    return TrainingRuns.begin(
        new TrainingSetup(assembler, interval, (progress, heard, seconds) -> {}, warnings::add),
        experiment,
        RunFolder.create(folder.resolve(name)),
        false);
  }

  private TrainingRun resume(String name) {
    return TrainingRuns.resume(
        new TrainingSetup(assembler, NEVER, (progress, heard, seconds) -> {}, warnings::add),
        RunFolder.unfinished(folder.resolve(name)));
  }

  /** Carries a run out with many checkpoints, and leaves it as a kill would have. */
  private void killed(Experiment experiment, String name) throws IOException {
    try (TrainingRun run = begin(experiment, name, OFTEN)) {
      run.run();
    }
    Files.delete(folder.resolve(name).resolve("summary.json"));
  }

  @Test
  void run_listenerHasEnough_comesToItsEndThere() throws IOException {
    try (TrainingRun run = begin(experiment("acme/diary"), "run", NEVER)) {
      assertThat(run.run()).isTrue();
      assertThat(run.progress().episodes()).isEqualTo(ENOUGH);
      run.judge(new Listener() {});
    }
    assertThat(told).containsExactly("made for FrozenLake-v1, seed 7", "stopped", "closed");
    assertThat(StoredRun.open(folder.resolve("run")).experiment().listeners())
        .containsExactly(new Experiment.Part("acme/diary", Map.of()));
    assertThat(folder.resolve("run/diary.txt")).content().contains("trial/return");
  }

  @Test
  void resume_statefulListener_hearsAndStopsAsInAnUndisturbedRun() throws IOException {
    try (TrainingRun run = begin(experiment("acme/diary"), "whole", NEVER)) {
      run.run();
    }
    killed(experiment("acme/diary"), "parts");
    Files.delete(folder.resolve("parts/diary.txt"));
    told.clear();
    try (TrainingRun run = resume("parts")) {
      assertThat(run.progress().episodes()).isBetween(1L, ENOUGH - 1L);
      assertThat(run.run()).isTrue();
    }
    for (String file : List.of("metrics.csv", "learner.state", "best.state", "diary.txt")) {
      assertThat(folder.resolve("parts").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
    assertThat(told).containsExactly("made for FrozenLake-v1, seed 7", "stopped", "closed");
    assertThat(warnings).isEmpty();
  }

  @Test
  void resume_listenerWithoutState_beginsAnewWithAWarning() throws IOException {
    killed(experiment("acme/diary", "acme/forgetful"), "run");
    try (TrainingRun run = resume("run")) {
      assertThat(run.run()).isTrue();
    }
    assertThat(warnings)
        .containsExactly("the listener acme/forgetful keeps no state: it starts afresh");
  }

  @Test
  void run_failsAfterACheckpoint_saysHowToGoOn() {
    try (TrainingRun run = begin(experiment("acme/crash"), "run", OFTEN)) {
      assertThatThrownBy(run::run).isInstanceOf(IllegalStateException.class).hasMessage("crash");
    }
    assertThat(warnings)
        .containsExactly(
            "training failed after 450 steps; its last checkpoint is kept, to go on from once the"
                + " cause is removed: ./rl resume "
                + folder.resolve("run"));
    try (TrainingRun run = resume("run")) {
      assertThat(run.progress().steps()).isEqualTo(400);
    }
  }

  @Test
  void run_metricStopOfANumberThatNeverComes_warnsOnce() {
    try (TrainingRun run = begin(experiment("metric-stop"), "run", NEVER)) {
      assertThat(run.run()).isTrue();
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith(
            "metric-stop has never heard of 'loss', so it stops nothing; so far there are: ")
        .contains("epsilon");
  }

  @Test
  void resolve_unknownListener_isRefusedWithTheNearest() {
    assertThatThrownBy(() -> experiment("acme/dairy"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("acme/diary");
  }
}
