package org.bellmanrl.lab.internal.rounds;

import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.jspecify.annotations.Nullable;

/** Plays rounds in this process, all rows together; those that only begin on another thread. */
public final class LocalRounds implements RoundEngine {
  private final Assembler assembler;
  private final Experiment experiment;
  private @Nullable RowPlayer player;
  private int rows;

  /** The round that was begun last; null if there is none. */
  private @Nullable FutureTask<byte[][]> begun;

  /** Rounds of an experiment. */
  public LocalRounds(Assembler assembler, Experiment experiment) {
    this.assembler = assembler;
    this.experiment = experiment;
  }

  @Override
  public Playing begin(Plan plan, byte[][] states, Trace into) {
    settle();
    FutureTask<byte[][]> task = new FutureTask<>(() -> step(plan, states, into));
    begun = task;
    Thread.ofPlatform().daemon().name("rounds").start(task);
    return stoppable -> await(task);
  }

  @Override
  public byte[][] play(Plan plan, byte[][] states, Trace into) {
    settle();
    return step(plan, states, into);
  }

  private byte[][] step(Plan plan, byte[][] states, Trace into) {
    RowPlayer all = player(states.length);
    for (int row = 0; row < states.length; row++) {
      all.restore(row, states[row]);
    }
    all.behave(plan);
    all.play(plan.steps(), into);
    byte[][] after = new byte[states.length][];
    Arrays.setAll(after, all::state);
    return after;
  }

  /** Returns a player of a number of rows: the same as before unless the number has changed. */
  private RowPlayer player(int wanted) {
    RowPlayer present = player;
    if (present == null || rows != wanted) {
      if (present != null) {
        present.close();
      }
      present = new RowPlayer(assembler, experiment, wanted);
      player = present;
      rows = wanted;
    }
    return present;
  }

  /** Waits until the player is free, and leaves the failure of a round to {@code await}. */
  private void settle() {
    FutureTask<byte[][]> task = begun;
    if (task == null) {
      return;
    }
    try {
      await(task);
    } catch (RuntimeException | Error e) {
      return; // await() throws it again
    }
  }

  /** Not to be interrupted: environments must not be closed while they are stepped. */
  private static byte[][] await(FutureTask<byte[][]> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  @Override
  public void close() {
    RowPlayer present = player;
    if (present != null) {
      present.stop();
      settle();
      present.close();
    }
  }
}
