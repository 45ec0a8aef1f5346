package org.bellmanrl.lab.internal.training;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.SeedGroup;

/** What is left to do of the run of one seed of a group, as its folder says. */
public sealed interface SeedRun {

  /**
   * Nothing.
   *
   * @param judgement how it did
   */
  record Done(Judgement judgement) implements SeedRun {}

  /**
   * It is trained and has to be judged, see {@link TrainingRun#judge(Assembler,
   * RunFolder.Unfinished)}.
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
  static SeedRun of(
      Assembler assembler,
      SeedGroup group,
      long seed,
      TrainingRun.Pace pace,
      RunMonitor.Watcher watcher,
      Consumer<String> warnings) {
    Path folder = group.folder(seed);
    if (!RunFolder.isBegun(folder)) {
      return new Untrained(() ->
          TrainingRun.begin(
              assembler,
              group.experiment().withSeed(seed),
              RunFolder.create(folder),
              group.tensorBoard(),
              pace,
              watcher,
              warnings));
    }
    boolean longer = !RunFolder.experiment(folder).budget().equals(group.experiment().budget());
    Judgement before = longer ? null : RunFolder.judgement(folder);
    if (before != null) {
      return new Done(before);
    }
    RunFolder.Unfinished unfinished =
        longer
            ? RunFolder.longer(folder, group.experiment().budget())
            : RunFolder.unfinished(folder);
    return unfinished.trained() && !longer
        ? new Trained(unfinished)
        : new Untrained(() -> TrainingRun.resume(assembler, unfinished, pace, watcher, warnings));
  }
}
