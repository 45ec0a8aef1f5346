package org.bellmanrl.lab.internal.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.LearnerTasks;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.TrialPlan;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every learner goes on from a checkpoint as if nothing had happened. */
class ResumeTest {
  private static final int STEPS = 700;

  private static final Registry REGISTRY =
      Registry.builder().discover(Registry.class.getClassLoader()).build();

  private static final Assembler ASSEMBLER = new Assembler(REGISTRY);

  @TempDir Path folder;

  static Stream<String> learners() {
    return LearnerTasks.learners();
  }

  private static Experiment experiment(String learner, String task, int rows) {
    return new Resolver(ASSEMBLER.entries(), new Presets())
        .resolve(
            TrainingRequest.of(learner, task)
                .withLearnerOptions(LearnerTasks.options(learner))
                .withRows(OptionalInt.of(rows))
                .withBudget(Budget.steps(STEPS))
                .withTrials(new TrialPlan(200, 2, Double.NaN, 0))
                .withSeed(5));
  }

  private TrainingRun begin(Experiment experiment, String name, CheckpointInterval interval) {
    return TrainingRuns.begin(
        new TrainingSetup(ASSEMBLER, interval, (progress, heard, seconds) -> {}, warning -> {}),
        experiment,
        RunFolder.create(folder.resolve(name)),
        false);
  }

  /** A run of the learner on the first task that it takes, without any disturbance. */
  private Experiment undisturbed(String learner, int rows) {
    String refusals = "";
    for (String task : LearnerTasks.TASKS) {
      try {
        Experiment experiment = experiment(learner, task, rows);
        try (TrainingRun run =
            begin(
                experiment,
                "whole",
                new CheckpointInterval(Double.POSITIVE_INFINITY, Long.MAX_VALUE))) {
          assertThat(run.run()).isTrue();
        }
        return experiment;
      } catch (UserError e) {
        refusals += "\n" + e.getMessage();
      }
    }
    throw new AssertionError(learner + " takes none of the tasks:" + refusals);
  }

  @ParameterizedTest
  @MethodSource("learners")
  void resume_fromEachKeptCheckpoint_givesTheSameBits(String learner) throws IOException {
    Experiment experiment = undisturbed(learner, LearnerTasks.rows(learner));
    CheckpointInterval interval = new CheckpointInterval(Double.POSITIVE_INFINITY, 97);
    try (TrainingRun run = begin(experiment, "parts", interval)) {
      run.run();
    }
    Path parts = folder.resolve("parts");
    for (int newest = 0; newest < 2; newest++) {
      if (newest == 1) {
        Files.delete(last(parts.resolve("checkpoints")));
      }
      // As if it had been killed after that checkpoint.
      Files.delete(parts.resolve("summary.json"));
      Files.delete(parts.resolve("metrics.csv"));
      Files.delete(parts.resolve("learner.state"));
      try (TrainingRun run =
          TrainingRuns.resume(
              new TrainingSetup(
                  ASSEMBLER,
                  new CheckpointInterval(Double.POSITIVE_INFINITY, Long.MAX_VALUE),
                  (progress, heard, seconds) -> {},
                  warning -> {}),
              RunFolder.unfinished(parts))) {
        assertThat(run.progress().steps()).isBetween(500L, (long) STEPS);
        assertThat(run.run()).isTrue();
      }
      assertThat(parts.resolve("metrics.csv"))
          .hasSameBinaryContentAs(folder.resolve("whole/metrics.csv"));
      assertThat(parts.resolve("learner.state"))
          .hasSameBinaryContentAs(folder.resolve("whole/learner.state"));
      assertThat(parts.resolve("best.state"))
          .hasSameBinaryContentAs(folder.resolve("whole/best.state"));
    }
  }

  private static Path last(Path checkpoints) throws IOException {
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .reduce((a, b) -> b)
          .orElseThrow();
    }
  }
}
