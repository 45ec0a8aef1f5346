package org.bellmanrl.lab.internal.training;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.run.StoredRun;

/** What is left to do of the run of one seed of a group, as its folder says. */
public sealed interface SeedRun {

  /**
   * Nothing.
   *
   * @param judgement how it did
   */
  record Done(Judgement judgement) implements SeedRun {}

  /**
   * It is trained and has to be judged, see {@link TrainingRuns#judge}.
   *
   * @param unfinished the run
   */
  record Trained(RunFolder.Unfinished unfinished) implements SeedRun {}

  /**
   * It has to be trained, from its beginning or from where it was.
   *
   * @param begin prepares it
   */
  record Untrained(Supplier<TrainingRun> begin) implements SeedRun {}

  /** Looks into the folder of a seed. */
  static SeedRun of(TrainingSetup setup, SeedGroup group, long seed) {
    Path folder = group.folder(seed);
    if (!RunFolder.isBegun(folder)) {
      return new Untrained(() ->
          TrainingRuns.begin(
              setup,
              group.experiment().withSeed(seed),
              RunFolder.create(folder),
              group.tensorBoard()));
    }
    boolean longer = !RunFolder.experiment(folder).budget().equals(group.experiment().budget());
    Judgement before = longer ? null : StoredRun.judgement(folder);
    if (before != null) {
      return new Done(before);
    }
    RunFolder.Unfinished unfinished =
        longer
            ? RunFolder.longer(folder, group.experiment().budget())
            : RunFolder.unfinished(folder);
    return unfinished.trained() && !longer
        ? new Trained(unfinished)
        : new Untrained(() -> TrainingRuns.resume(setup, unfinished));
  }
}
