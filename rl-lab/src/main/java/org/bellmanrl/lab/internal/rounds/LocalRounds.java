package org.bellmanrl.lab.internal.rounds;

import java.util.Arrays;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;

/** Plays rounds in this process, all rows together. */
public final class LocalRounds implements RoundEngine {
  private final RowPlayer player;

  /** Rounds of an experiment. */
  public LocalRounds(Assembler assembler, Experiment experiment) {
    this.player = new RowPlayer(assembler, experiment, experiment.rows());
  }

  @Override
  public byte[][] play(byte[] behaviour, byte[][] states, int steps, Trace into) {
    player.behave(behaviour);
    for (int row = 0; row < states.length; row++) {
      player.restore(row, states[row]);
    }
    player.play(steps, into);
    byte[][] after = new byte[states.length][];
    Arrays.setAll(after, player::state);
    return after;
  }

  @Override
  public void close() {
    player.close();
  }
}
