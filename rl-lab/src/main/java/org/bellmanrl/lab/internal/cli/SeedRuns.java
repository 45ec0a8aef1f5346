package org.bellmanrl.lab.internal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bellmanrl.api.Listener;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.cluster.RemoteRuns;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.training.CheckpointInterval;
import org.bellmanrl.lab.internal.training.RunPhase;
import org.bellmanrl.lab.internal.training.RunResult;
import org.bellmanrl.lab.internal.training.SeedRun;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.training.TrainingRuns;
import org.bellmanrl.lab.internal.training.TrainingSetup;
import org.jspecify.annotations.Nullable;

/** Carries out runs of groups, on as many threads as call, until it is stopped. */
final class SeedRuns {
  private final TrainingSetup setup;
  private final Observer observer;
  private final List<TrainingRun> running = new ArrayList<>();
  private final @Nullable RemoteRuns remote;
  private boolean stopped;

  /** Takes the progress of runs, on the threads that carry them out. */
  interface Observer extends RunMonitor.Watcher {
    /** Something is not as it should be, although the run goes on. */
    void warn(String message);

    /** A run begins or goes on. */
    default void began(TrainingRun run) {}

    /** The training of a run has finished. */
    default void trained(TrainingRun run) {}

    /** What a run learned has been judged. */
    default void judged(TrainingRun run, long seed, RunResult result) {}
  }

  /** Runs here. */
  SeedRuns(Assembler assembler, CheckpointInterval interval, Observer observer) {
    this(assembler, interval, observer, null);
  }

  /**
   * Runs here, or elsewhere.
   *
   * @param remote runs on workers, which report their progress themselves; null to train here
   */
  SeedRuns(
      Assembler assembler,
      CheckpointInterval interval,
      Observer observer,
      @Nullable RemoteRuns remote) {
    this.setup = new TrainingSetup(assembler, interval, observer, observer::warn);
    this.remote = remote;
    this.observer = observer;
  }

  /**
   * Trains and judges what is left to do of a seed, until the end that the group says.
   *
   * @return null if it was stopped
   */
  @Nullable Judgement carryOut(SeedGroup group, long seed) {
    return switch (SeedRun.of(setup, group, seed)) {
      case SeedRun.Done done -> done.judgement();
      case SeedRun.Trained trained ->
          isStopped()
              ? null
              : TrainingRuns.judge(setup.assembler(), trained.unfinished()).judgement();
      case SeedRun.Untrained untrained ->
          remote == null ? train(untrained.begin(), seed) : remote.train(group, seed);
    };
  }

  private @Nullable Judgement train(Supplier<TrainingRun> begin, long seed) {
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
      RunResult result = run.judge(new Listener() {});
      observer.judged(run, seed, result);
      return result.judgement();
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

  /** What the runs are at; those elsewhere learn until they are back. */
  synchronized List<RunPhase> activities() {
    List<RunPhase> activities =
        new ArrayList<>(running.stream().map(TrainingRun::activity).toList());
    if (remote != null && remote.running()) {
      activities.add(RunPhase.LEARNING);
    }
    return activities;
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  /** Asks all runs to save and to end, and begins no others. */
  synchronized void stop() {
    stopped = true;
    running.forEach(TrainingRun::stop);
    if (remote != null) {
      remote.stop();
    }
  }
}
