package org.bellmanrl.deep.replay;

import java.util.Arrays;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.action.NetworkActor;

/** The slots at which sequences of a replay begin, with the states there. */
final class SequenceStarts {
  private final SequenceConfig config;
  private final boolean[] begins;
  private final float[] states;

  SequenceStarts(SequenceConfig config, int slots) {
    this.config = config;
    this.begins = new boolean[slots];
    this.states = new float[Math.multiplyExact(slots, config.stateSize())];
  }

  /** Bytes that a slot takes here. */
  static double bytes(SequenceConfig config) {
    return 1 + (double) Float.BYTES * config.stateSize();
  }

  SequenceConfig config() {
    return config;
  }

  /**
   * Takes note of a step.
   *
   * @param step of the episode, from 0
   * @param actions with the state before it that the actor had
   * @param others states before it that no actor has, which stand behind that one, row after row
   * @param size numbers of these in a row
   */
  void put(int slot, long step, Actions actions, int row, float[] others, int size) {
    begins[slot] = step % config.period() == 0;
    if (begins[slot]) {
      int own = config.stateSize() - size;
      int at = slot * config.stateSize();
      if (own > 0) {
        NetworkActor.readState(own, actions, row, states, at);
      }
      System.arraycopy(others, row * size, states, at + own, size);
    }
  }

  /**
   * Forgets what stood in a slot, which would otherwise be saved with what comes to stand there.
   */
  void clear(int slot) {
    begins[slot] = false;
    Arrays.fill(states, slot * config.stateSize(), (slot + 1) * config.stateSize(), 0f);
  }

  /** Returns whether a sequence begins in a slot where something was done. */
  boolean begins(int slot) {
    return begins[slot];
  }

  /** Copies the state before a slot's step. */
  void copyState(int slot, float[] into, int place) {
    int size = config.stateSize();
    System.arraycopy(states, slot * size, into, place * size, size);
  }

  /** Carries neighbouring slots. */
  void carry(State state, int slot, int count) {
    state.carry("begins", begins, slot, count);
    state.carry("states", states, slot * config.stateSize(), count * config.stateSize());
  }
}
