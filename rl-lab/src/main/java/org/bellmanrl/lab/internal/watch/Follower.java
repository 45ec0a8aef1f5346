package org.bellmanrl.lab.internal.watch;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.checkpoint.Checkpoints;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.RunRecord;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.run.TimingTable;
import org.bellmanrl.lab.internal.training.TrainingRuns;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Reads, on a separate thread, what a run in another process writes to its folder: curves every few
 * seconds, and the learner from its checkpoints, which it is asked to write more often. Ends when
 * the run does.
 */
final class Follower implements AutoCloseable {
  private static final long LOOK_MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final Assembler assembler;
  private final Path folder;
  private final OpenPages pages;
  private final Taker taker;
  private final Consumer<String> problems;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("watch-follower").unstarted(this::run);
  private String checkpoint = "";
  private long learnedAt;
  private @Nullable Policy policy;
  private @Nullable Policy exploring;
  private @Nullable ValueFunction values;
  private @Nullable ObservationTransform transform;

  /** How a run stands. */
  enum Standing {
    RUNNING,
    KILLED,
    STOPPED,
    FINISHED
  }

  /** Takes what has been read. */
  @FunctionalInterface
  interface Taker {
    void take(Snapshot snapshot, Standing standing, String words);
  }

  Follower(
      Assembler assembler, Path folder, OpenPages pages, Taker taker, Consumer<String> problems) {
    this.assembler = assembler;
    this.folder = folder;
    this.pages = pages;
    this.taker = taker;
    this.problems = problems;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (look()) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | LinkageError e) {
      problems.accept("the live page can't follow the run any longer: " + e.getMessage());
    }
  }

  /** Reads what has been written; returns whether more may follow. */
  private boolean look() {
    RunRecord.Status status = RunRecord.status(folder);
    if (RunFolder.hasSummary(folder) && status != RunRecord.Status.RUNNING) {
      takeEnd();
      return false;
    }
    if (pages.present()) {
      RunFolder.askForMore(folder);
    }
    RunFolder.Unfinished unfinished = RunFolder.unfinished(folder);
    learn(unfinished);
    Optional<StoredRun> opened = StoredRun.written(folder);
    MetricsTable metrics = opened.map(StoredRun::metrics).orElseGet(MetricsTable::new);
    TimingTable.Last timing = opened.map(StoredRun::timing).orElse(TimingTable.Last.NONE);
    long steps = Math.max(learnedAt, opened.map(o -> o.summary().steps()).orElse(0L));
    Snapshot snapshot =
        new Snapshot(
            steps,
            metrics.episodes(),
            unfinished.experiment().budget().fraction(steps, metrics.episodes()),
            timing.seconds(),
            timing.rate(),
            metrics.recentReturn(RunMonitor.WINDOW),
            Curve.of(metrics),
            policy,
            exploring,
            values,
            transform);
    boolean running = status == RunRecord.Status.RUNNING;
    taker.take(snapshot, running ? Standing.RUNNING : Standing.KILLED, words(running, steps));
    return running;
  }

  private String words(boolean running, long steps) {
    String learned =
        policy == null
            ? "there is no checkpoint yet to show the policy from"
            : "the policy is that of the checkpoint at step " + Numbers.grouped(learnedAt);
    if (running) {
      return "in another process; " + learned;
    }
    String killed = "killed after step " + Numbers.grouped(steps) + " at least";
    return policy == null
        ? "%s and before its first checkpoint; ./rl resume %s begins again, with the same results"
            .formatted(killed, folder)
        : "%s; %s; ./rl resume %s goes on from there".formatted(killed, learned, folder);
  }

  /** Restores the learner from the newest checkpoint, if that is a new one. */
  private void learn(RunFolder.Unfinished unfinished) {
    String newest = new Checkpoints(unfinished.folder().checkpoints(), 1).newest();
    if (newest.isEmpty() || newest.equals(checkpoint)) {
      return;
    }
    TrainingRuns.peek(assembler, unfinished)
        .ifPresent(run -> {
          try (run) {
            checkpoint = newest;
            learnedAt = run.progress().steps();
            take(run.learner());
            transform = Watch.transform(run.environment());
          }
        });
  }

  private void take(Learner learner) {
    policy = learner.policy().snapshot();
    exploring = Watch.exploring(learner);
    values = learner.values().map(ValueFunction::snapshot).orElse(null);
  }

  private void takeEnd() {
    StoredRun opened = StoredRun.open(folder);
    try (VectorEnvironment environment = assembler.judged(opened.experiment())) {
      Snapshot end = Watch.snapshot(opened, assembler.restored(opened, environment), environment);
      taker.take(
          end,
          opened.summary().interrupted() ? Standing.STOPPED : Standing.FINISHED,
          Watch.told(opened));
    } catch (UserError e) {
      problems.accept(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
