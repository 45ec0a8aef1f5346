package org.bellmanrl.lab.internal.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.bellmanrl.lab.internal.assembly.LimitOption;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.run.Stepping;
import org.bellmanrl.lab.internal.run.TrialPlan;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.TextFile;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Reads experiments from YAML: what {@code rl config} prints and {@code run.yaml} holds, of which
 * everything but learner and environment may be left out.
 */
final class ExperimentFile {
  private ExperimentFile() {}

  /** The arguments where there is no file. */
  static TrainArguments none(String learner, String environment) {
    return new TrainArguments(TrainingRequest.of(learner, environment), Stepping.Said.NOTHING, 0);
  }

  /**
   * Reads a file.
   *
   * @throws UserError if it can't be read, or has an entry that is unknown or wrong
   */
  static TrainArguments read(Path path) {
    Document file = Document.parse(path.toString(), TextFile.read(path, "a text of settings"));
    try {
      TrainArguments asked = asked(file);
      // Run folders say these too; they don't change what is run.
      file.has("format");
      file.has("preset");
      file.has("versions");
      file.has("plugins");
      file.has("tensorboard");
      file.refuseOthers();
      return asked;
    } catch (IllegalArgumentException e) {
      throw new UserError(path + ": " + e.getMessage(), e);
    }
  }

  private static TrainArguments asked(Document file) {
    Document learner = file.mapping("learner");
    Document environment = file.mapping("environment");
    long seed = file.has("seed") ? file.whole("seed", 0, Long.MAX_VALUE) : 0;
    Map<String, @Nullable Object> task = new LinkedHashMap<>(options(environment));
    if (environment.has(LimitOption.NAME)) {
      long limit = environment.whole(LimitOption.NAME, 0, Integer.MAX_VALUE);
      task.put(LimitOption.NAME, limit == 0 ? -1 : limit);
    }
    TrainingRequest request =
        new TrainingRequest(
            learner.text("id"),
            environment.text("id"),
            options(learner),
            task,
            file.has("environments")
                ? OptionalInt.of((int) file.whole("environments", 1, Experiment.MAX_ROWS))
                : OptionalInt.empty(),
            file.has("wrappers") ? Experiment.Part.list(file, "wrappers") : null,
            file.has("budget") ? Experiment.budget(file.mapping("budget")) : null,
            file.has("schedules") ? Experiment.budget(file.mapping("schedules")) : null,
            file.has("trials") ? TrialPlan.of(file.mapping("trials")) : TrialPlan.NONE,
            file.has("evaluation") ? Experiment.evaluation(file.mapping("evaluation"), seed) : null,
            Experiment.Part.list(file, "listeners"),
            file.has("from") ? file.text("from") : "",
            seed);
    learner.refuseOthers();
    environment.refuseOthers();
    return new TrainArguments(
        request,
        Stepping.Said.of(file),
        file.has("seeds") ? (int) file.whole("seeds", 1, SeedGroup.MOST_SEEDS) : 0);
  }

  private static Map<String, @Nullable Object> options(Document part) {
    return part.has("options") ? part.mapping("options").entries() : Map.of();
  }
}
