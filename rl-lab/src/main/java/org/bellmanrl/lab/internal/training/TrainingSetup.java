package org.bellmanrl.lab.internal.training;

import java.util.function.Consumer;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.rounds.RoundEngine;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.jspecify.annotations.Nullable;

/**
 * How runs are carried out. None of this changes what they learn.
 *
 * @param assembler makes their environments, learners and listeners
 * @param interval how often checkpoints are written
 * @param watcher takes the progress of a run
 * @param warnings takes what goes wrong without ending the run, such as a checkpoint that can't be
 *     written
 * @param rounds makes what steps the rows ahead of learning; null to step them one by one
 */
public record TrainingSetup(
    Assembler assembler,
    CheckpointInterval interval,
    RunMonitor.Watcher watcher,
    Consumer<String> warnings,
    RoundEngine.@Nullable Maker rounds) {

  /** Runs that step their rows themselves. */
  public TrainingSetup(
      Assembler assembler,
      CheckpointInterval interval,
      RunMonitor.Watcher watcher,
      Consumer<String> warnings) {
    this(assembler, interval, watcher, warnings, null);
  }

  /** Returns a setup without a watcher, with the default interval. */
  static TrainingSetup silent(Assembler assembler) {
    return new TrainingSetup(
        assembler, CheckpointInterval.DEFAULT, (progress, monitor, seconds) -> {}, warning -> {});
  }
}
