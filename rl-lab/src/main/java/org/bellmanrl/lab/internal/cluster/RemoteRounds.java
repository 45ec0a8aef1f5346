package org.bellmanrl.lab.internal.cluster;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bellmanrl.lab.cluster.JobDispatcher;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.rounds.RoundEngine;
import org.bellmanrl.lab.internal.rounds.Trace;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Rounds on workers. A job is some neighbouring rows; a worker is sent the behaviour of the round
 * once. Without workers a round waits for one, unless the run is to stop. Safe for use by several
 * threads.
 */
public final class RemoteRounds implements RoundEngine {
  /** The kind of stage that {@link ClusterWork} knows these by. */
  static final int KIND = 2;

  /** Jobs for each core: more of them even out what rows cost, but each costs a message. */
  private static final int JOBS_PER_CORE = 2;

  private static final int LOOK_MILLIS = 200;
  private static final int PATIENCE_MILLIS = 5_000;

  private final JobDispatcher dispatcher;
  private final BooleanSupplier stopping;
  private final Consumer<String> warnings;

  /** The experiment, for workers. */
  private final byte[] described;

  private volatile boolean warned;

  /** The plan that came last, as workers are sent it. */
  private @Nullable Shared latest;

  private record Shared(Plan plan, JobDispatcher.Stage stage) {}

  /**
   * Rounds of an experiment.
   *
   * @param stopping whether the run is to stop
   * @param warnings takes a line when there is no worker
   */
  public RemoteRounds(
      JobDispatcher dispatcher,
      Assembler assembler,
      Experiment experiment,
      BooleanSupplier stopping,
      Consumer<String> warnings) {
    this.dispatcher = dispatcher;
    this.stopping = stopping;
    this.warnings = warnings;
    this.described = RemoteProtocol.bytes(assembler, experiment);
  }

  @Override
  public Playing begin(Plan plan, byte[][] states, Trace into) {
    JobDispatcher.Stage stage = stage(plan);
    int jobs = Math.clamp((long) JOBS_PER_CORE * dispatcher.capacity(), 1, states.length);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      int from = (int) ((long) states.length * i / jobs);
      int to = (int) ((long) states.length * (i + 1) / jobs);
      parts.add(new Part(from, to, dispatcher.submit(stage, job(states, from, to), report -> {})));
    }
    return stoppable -> await(parts, plan, stoppable, into);
  }

  /** The stage of a plan: the same for the same object. */
  @SuppressWarnings("ReferenceEquality")
  private synchronized JobDispatcher.Stage stage(Plan plan) {
    Shared shared = latest;
    if (shared == null || shared.plan != plan) {
      byte[] bytes =
          Bytes.of(out -> {
            out.writeByte(KIND);
            Bytes.write(out, described);
            out.writeInt(plan.steps());
            out.writeBoolean(plan.clearing());
            Bytes.write(out, plan.behaviour());
          });
      shared = new Shared(plan, dispatcher.stage(bytes, true));
      latest = shared;
    }
    return shared.stage;
  }

  private byte[][] await(List<Part> parts, Plan plan, boolean stoppable, Trace into) {
    byte[][] after = new byte[parts.getLast().to][];
    for (Part part : parts) {
      try {
        DataInputStream in = Bytes.in(await(part.job, stoppable));
        for (int row = part.from; row < part.to; row++) {
          after[row] = Bytes.read(in);
          into.read(in, row, plan.steps());
        }
      } catch (IOException e) {
        throw new UserError("a worker sent a result that ends early", e);
      }
    }
    return after;
  }

  private record Part(int from, int to, JobDispatcher.Job job) {}

  private static byte[] job(byte[][] states, int from, int to) {
    return Bytes.of(out -> {
      out.writeInt(to - from);
      for (int row = from; row < to; row++) {
        Bytes.write(out, states[row]);
      }
    });
  }

  /** Waits for a result. */
  private byte[] await(JobDispatcher.Job job, boolean stoppable) {
    for (int waited = 0; ; waited += LOOK_MILLIS) {
      try {
        return job.result().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        boolean alone = dispatcher.capacity() == 0;
        if ((stoppable || alone) && stopping.getAsBoolean()) {
          throw new StoppedException();
        }
        if (alone) {
          if (waited >= PATIENCE_MILLIS && !warned) {
            warned = true;
            warnings.accept("there is no worker: the run waits for one");
          }
        } else {
          warned = false;
        }
      } catch (ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        throw new UserError(String.valueOf(cause.getMessage()), cause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UserError("interrupted while workers were stepping rows", e);
      }
    }
  }

  /** Nothing: what workers do is theirs to end. */
  @Override
  public void close() {}
}
