package org.bellmanrl.lab.internal.cluster;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.lab.internal.rounds.RoundEngine;
import org.bellmanrl.lab.internal.rounds.RowPlayer;
import org.bellmanrl.lab.internal.rounds.Trace;
import org.jspecify.annotations.Nullable;

/**
 * Carries out on a worker what {@link RemoteRounds} requests. Environments and networks stay from
 * round to round; those of an experiment without recent requests are closed. Safe for use by
 * several threads.
 */
final class RowWork {
  /** Idle players for each that was at work at the same time: jobs may differ by a row. */
  private static final int MOST_IDLE = 2;

  /** Players that are not at work, the latest used last. */
  private final List<Idle> idle = new ArrayList<>();

  private int working;
  private int mostWorking;

  private record Idle(ClusterWork.Task task, int rows, RowPlayer player) {}

  /** Steps some rows. */
  byte[] perform(ClusterWork.Task task, DataInputStream stage, DataInputStream job)
      throws IOException {
    int steps = stage.readInt();
    boolean clearing = stage.readBoolean();
    RoundEngine.Plan plan = new RoundEngine.Plan(Bytes.read(stage), steps, clearing);
    int rows = job.readInt();
    if (rows < 1 || rows > task.experiment().rows()) {
      throw new IOException("a job of %d rows, of %d".formatted(rows, task.experiment().rows()));
    }
    begin();
    try {
      return perform(task, plan, rows, job);
    } finally {
      end();
    }
  }

  private byte[] perform(
      ClusterWork.Task task, RoundEngine.Plan plan, int rows, DataInputStream job)
      throws IOException {
    RowPlayer idling = take(task, rows);
    RowPlayer player =
        idling == null ? new RowPlayer(task.assembler(), task.experiment(), rows) : idling;
    boolean well = false;
    try {
      for (int row = 0; row < rows; row++) {
        player.restore(row, Bytes.read(job));
      }
      player.behave(plan);
      Trace trace = player.trace(plan.steps());
      player.play(plan.steps(), trace);
      byte[] result =
          Bytes.of(out -> {
            for (int row = 0; row < rows; row++) {
              Bytes.write(out, player.state(row));
              trace.write(out, row, plan.steps());
            }
          });
      well = true;
      return result;
    } finally {
      if (well) {
        keep(new Idle(task, rows, player));
      } else {
        player.close();
      }
    }
  }

  private synchronized void begin() {
    working++;
    mostWorking = Math.max(mostWorking, working);
  }

  private synchronized void end() {
    working--;
  }

  private synchronized @Nullable RowPlayer take(ClusterWork.Task task, int rows) {
    for (int i = idle.size() - 1; i >= 0; i--) {
      Idle found = idle.get(i);
      if (found.rows == rows && found.task.equals(task)) {
        idle.remove(i);
        return found.player;
      }
    }
    return null;
  }

  private synchronized void keep(Idle player) {
    idle.add(player);
    if (idle.size() > MOST_IDLE * mostWorking) {
      idle.removeFirst().player.close();
    }
  }
}
