package org.bellmanrl.lab.internal.cluster;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.rounds.RoundEngine;
import org.bellmanrl.lab.internal.rounds.RowPlayer;
import org.bellmanrl.lab.internal.rounds.Trace;
import org.bellmanrl.lab.internal.run.Experiment;
import org.jspecify.annotations.Nullable;

/**
 * Does on a worker what {@link RemoteRounds} asks for. Environments and networks stay from round to
 * round; those of an experiment that has not been heard of lately are closed. Safe for use by
 * several threads.
 */
final class RowWork {
  /** Idle players for each that was at work at the same time: jobs may differ by a row. */
  private static final int MOST_IDLE = 2;

  private final Assembler assembler;

  /** Players that are not at work, the latest used last. */
  private final List<Idle> idle = new ArrayList<>();

  private int working;
  private int mostWorking;
  private byte[] latestDescribed = {};
  private @Nullable Experiment latest;

  private record Idle(Experiment experiment, int rows, RowPlayer player) {}

  RowWork(Assembler assembler) {
    this.assembler = assembler;
  }

  /** Steps some rows. */
  byte[] perform(DataInputStream stage, DataInputStream job) throws IOException {
    Experiment experiment = experiment(Bytes.read(stage));
    int steps = stage.readInt();
    boolean clearing = stage.readBoolean();
    RoundEngine.Plan plan = new RoundEngine.Plan(Bytes.read(stage), steps, clearing);
    int rows = job.readInt();
    if (rows < 1 || rows > experiment.rows()) {
      throw new IOException("a job of %d rows, of %d".formatted(rows, experiment.rows()));
    }
    begin();
    try {
      return perform(experiment, plan, rows, job);
    } finally {
      end();
    }
  }

  private byte[] perform(
      Experiment experiment, RoundEngine.Plan plan, int rows, DataInputStream job)
      throws IOException {
    RowPlayer idling = take(experiment, rows);
    RowPlayer player = idling == null ? new RowPlayer(assembler, experiment, rows) : idling;
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
        keep(new Idle(experiment, rows, player));
      } else {
        player.close();
      }
    }
  }

  /** Rounds of one experiment follow one another: it is read once. */
  private synchronized Experiment experiment(byte[] described) throws IOException {
    Experiment read = latest;
    if (read == null || !Arrays.equals(described, latestDescribed)) {
      read = Remote.experiment(described, assembler);
      latest = read;
      latestDescribed = described;
    }
    return read;
  }

  private synchronized void begin() {
    working++;
    mostWorking = Math.max(mostWorking, working);
  }

  private synchronized void end() {
    working--;
  }

  private synchronized @Nullable RowPlayer take(Experiment experiment, int rows) {
    for (int i = idle.size() - 1; i >= 0; i--) {
      Idle found = idle.get(i);
      if (found.rows == rows && found.experiment.equals(experiment)) {
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
