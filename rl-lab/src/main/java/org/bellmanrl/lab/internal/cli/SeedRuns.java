package org.bellmanrl.lab.internal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.jspecify.annotations.Nullable;

/** Carries out runs of groups, on as many threads as call, until it is stopped. */
final class SeedRuns {
  private final Assembler assembler;
  private final TrainingRun.Pace pace;
  private final Observer observer;
  private final List<TrainingRun> running = new ArrayList<>();
  private boolean stopped;

  /** Is told how runs go, on the threads that carry them out. */
  interface Observer extends RunMonitor.Watcher {
    /** Something is not as it should be, although the run goes on. */
    void warn(String message);

    /** A run begins or goes on. */
    default void began(TrainingRun run) {}

    /** A run has come to the end of its training. */
    default void trained(TrainingRun run) {}

    /** What a run learned has been judged. */
    default void judged(TrainingRun run, Judgement judgement) {}
  }

  SeedRuns(Assembler assembler, TrainingRun.Pace pace, Observer observer) {
    this.assembler = assembler;
    this.pace = pace;
    this.observer = observer;
  }

  /**
   * Trains and judges what is left to do of a seed, until the end that the group says.
   *
   * @return null if it was stopped
   */
  @Nullable Judgement carryOut(SeedGroup group, long seed) {
    Path folder = group.folder(seed);
    Supplier<TrainingRun> begin =
        () ->
            TrainingRun.begin(
                assembler,
                group.experiment().withSeed(seed),
                RunFolder.create(folder),
                group.tensorBoard(),
                pace,
                observer,
                observer::warn);
    if (RunFolder.isBegun(folder)) {
      boolean longer = !RunFolder.experiment(folder).budget().equals(group.experiment().budget());
      Judgement before = longer ? null : RunFolder.judgement(folder);
      if (before != null) {
        return before;
      }
      RunFolder.Unfinished unfinished =
          longer
              ? RunFolder.longer(folder, group.experiment().budget())
              : RunFolder.unfinished(folder);
      if (unfinished.trained() && !longer) {
        return isStopped() ? null : TrainingRun.judge(assembler, unfinished);
      }
      begin = () -> TrainingRun.resume(assembler, unfinished, pace, observer, observer::warn);
    }
    TrainingRun run = started(begin);
    if (run == null) {
      return null;
    }
    try (run) {
      if (!run.run()) {
        stop(); // by the page, if not by all
        return null;
      }
      observer.trained(run);
      Judgement judgement = run.judge();
      observer.judged(run, judgement);
      return judgement;
    } finally {
      ended(run);
    }
  }

  private @Nullable TrainingRun started(Supplier<TrainingRun> begin) {
    if (isStopped()) {
      return null;
    }
    TrainingRun run = begin.get();
    synchronized (this) {
      running.add(run);
      observer.began(run);
      return run;
    }
  }

  private synchronized void ended(TrainingRun run) {
    running.remove(run);
  }

  /** The runs that are under way. */
  synchronized List<TrainingRun> running() {
    return List.copyOf(running);
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  /** Asks all runs to save and to end, and begins no others. */
  synchronized void stop() {
    stopped = true;
    running.forEach(TrainingRun::stop);
  }
}
