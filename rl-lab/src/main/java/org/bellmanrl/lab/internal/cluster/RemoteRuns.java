package org.bellmanrl.lab.internal.cluster;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.lab.cluster.ClusterException;
import org.bellmanrl.lab.cluster.JobDispatcher;
import org.bellmanrl.lab.cluster.Work;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.training.CheckpointInterval;
import org.bellmanrl.lab.internal.training.SeedRun;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.training.TrainingRuns;
import org.bellmanrl.lab.internal.training.TrainingSetup;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Runs of groups on workers. A worker is sent what there is of a run's folder, trains on in a
 * temporary folder, and sends it back. A worker that leaves sends a run that is not finished, which
 * goes on elsewhere; one that is lost takes its part of the run along, which begins again from the
 * folder that is here.
 */
public final class RemoteRuns {
  /** The kind of stage that {@link ClusterWork} knows these by. */
  static final int KIND = 1;

  private static final long REPORT_NANOS = 200_000_000;

  private final JobDispatcher dispatcher;
  private final Assembler assembler;
  private final CheckpointInterval interval;
  private final Watcher watcher;
  private final Set<JobDispatcher.Job> jobs = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /** Takes the progress of runs; safe for use by several threads. */
  public interface Watcher {
    /**
     * Takes how far a run is.
     *
     * @param fraction of its budget, in [0, 1]
     * @param recentReturn mean return of its latest episodes; NaN before the first has ended
     */
    void look(double fraction, double recentReturn);
  }

  /** Runs on the workers of a dispatcher. */
  public RemoteRuns(
      JobDispatcher dispatcher, Assembler assembler, CheckpointInterval interval, Watcher watcher) {
    this.dispatcher = dispatcher;
    this.assembler = assembler;
    this.interval = interval;
    this.watcher = watcher;
  }

  private JobDispatcher.Stage stage(SeedGroup group) {
    return dispatcher.stage(
        Bytes.of(out -> {
          out.writeByte(KIND);
          Bytes.write(out, RemoteProtocol.bytes(assembler, group.experiment()));
          out.writeInt(group.count());
          out.writeBoolean(group.tensorBoard());
          out.writeDouble(interval.seconds());
          out.writeLong(interval.steps());
        }),
        false);
  }

  /**
   * Has a run done, and puts it where the group keeps it.
   *
   * @return how it did; null if it was stopped before its end
   * @throws UserError if the experiment needs a file of this machine, or no worker can do it
   * @throws LearningException if what it learned diverged
   */
  public @Nullable Judgement train(SeedGroup group, long seed) {
    if (!group.experiment().from().isEmpty()) {
      throw new UserError(
          "--from names a folder of this machine, which workers can't read: train without a"
              + " cluster");
    }
    JobDispatcher.Stage stage = stage(group);
    Path folder = group.folder(seed);
    while (!stopped) {
      byte[] request =
          Bytes.of(out -> {
            out.writeLong(seed);
            FolderBytes.write(out, folder);
          });
      JobDispatcher.Job job =
          dispatcher.submit(
              stage,
              request,
              report -> {
                ByteBuffer numbers = ByteBuffer.wrap(report);
                watcher.look(numbers.getDouble(), numbers.getDouble());
              });
      jobs.add(job);
      if (stopped) {
        job.stop();
      }
      try {
        DataInputStream result = Bytes.in(job.result().join());
        String diverged = new String(Bytes.read(result), StandardCharsets.UTF_8);
        FolderBytes.read(result, folder);
        if (!diverged.isEmpty()) {
          throw new LearningException(diverged);
        }
      } catch (CompletionException e) {
        if (stopped) {
          return null;
        }
        throw e.getCause() instanceof ClusterException cause
            ? new UserError("seed " + seed + ": " + cause.getMessage(), cause)
            : e;
      } catch (IOException e) {
        throw new UserError("cannot write " + folder + ": " + e.getMessage(), e);
      } finally {
        jobs.remove(job);
      }
      Judgement judgement = RunFolder.isBegun(folder) ? StoredRun.judgement(folder) : null;
      if (judgement != null) {
        return judgement;
      }
    }
    return null;
  }

  /** Whether any run is on its way, or at work elsewhere. */
  public boolean running() {
    return !jobs.isEmpty();
  }

  /** Asks all runs to save and to come back. */
  public void stop() {
    stopped = true;
    jobs.forEach(JobDispatcher.Job::stop);
  }

  /** Carries out on a worker what {@link #train} requests. */
  static byte[] perform(
      ClusterWork.Task task, DataInputStream stage, DataInputStream job, Work.Reports reports)
      throws IOException {
    Path folder = Files.createTempDirectory("bellman-run-");
    try {
      SeedGroup group =
          new SeedGroup(folder, task.experiment(), stage.readInt(), stage.readBoolean());
      CheckpointInterval interval = new CheckpointInterval(stage.readDouble(), stage.readLong());
      long seed = job.readLong();
      FolderBytes.read(job, group.folder(seed));
      String diverged = train(task.assembler(), group, seed, interval, reports);
      return Bytes.of(out -> {
        Bytes.write(out, diverged.getBytes(StandardCharsets.UTF_8));
        FolderBytes.write(out, group.folder(seed));
      });
    } finally {
      FolderBytes.delete(folder);
    }
  }

  /** Trains and judges; why it could not go on if what was learned diverged, else empty. */
  private static String train(
      Assembler assembler,
      SeedGroup group,
      long seed,
      CheckpointInterval interval,
      Work.Reports reports) {
    try {
      carryOut(assembler, group, seed, interval, reports);
      return "";
    } catch (LearningException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void carryOut(
      Assembler assembler,
      SeedGroup group,
      long seed,
      CheckpointInterval interval,
      Work.Reports reports) {
    Look look = new Look(reports);
    switch (SeedRun.of(new TrainingSetup(assembler, interval, look, warning -> {}), group, seed)) {
      case SeedRun.Done _ -> {}
      case SeedRun.Trained trained -> TrainingRuns.judge(assembler, trained.unfinished());
      case SeedRun.Untrained untrained -> {
        try (TrainingRun run = untrained.begin().get()) {
          look.run = run;
          if (!reports.stopWanted() && run.run()) {
            run.judge(new Listener() {});
          }
        }
      }
    }
  }

  /** Tells the learner how far a run is, and the run when it is to stop. */
  private static final class Look implements RunMonitor.Watcher {
    private final Work.Reports reports;
    private @Nullable TrainingRun run;
    private long next;

    Look(Work.Reports reports) {
      this.reports = reports;
    }

    @Override
    public void look(Progress progress, RunMonitor monitor, double seconds) {
      TrainingRun watched = run;
      if (watched != null && reports.stopWanted()) {
        watched.stop();
      }
      long now = System.nanoTime();
      if (now - next >= 0) {
        next = now + REPORT_NANOS;
        reports.report(
            ByteBuffer.allocate(2 * Double.BYTES)
                .putDouble(progress.fraction())
                .putDouble(monitor.recentReturn())
                .array());
      }
    }
  }
}
