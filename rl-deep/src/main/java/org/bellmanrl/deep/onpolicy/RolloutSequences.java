package org.bellmanrl.deep.onpolicy;

import java.util.Arrays;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.internal.action.NetworkActor;

/**
 * The steps of a rollout as sequences for recurrent networks: the steps of a row, cut where a
 * sequence has its full length, with the states that both networks had at its beginning. An episode
 * may end and another begin within a sequence.
 */
final class RolloutSequences implements Stateful {
  private static final int NONE = -1;

  private final int rows;
  private final int maxLength;
  private final int policySize;
  private final int valueSize;

  /** Per sequence: its steps so far, their slots, and the states before the first. */
  private final int[] length;

  private final int[] slots;
  private final float[] policyStates;
  private final float[] valueStates;

  /** Per slot, whether an episode begins there. */
  private final boolean[] first;

  /** Per row, the sequence that it adds to. */
  private final int[] current;

  /** Per row, the state of the value network. */
  final float[] criticStates;

  private int count;

  RolloutSequences(ActorCriticNetworks networks, int capacity, int rows, int maxLength) {
    this.rows = rows;
    this.maxLength = Math.min(maxLength, capacity);
    this.policySize = networks.policy().stateSize();
    this.valueSize = networks.value().stateSize();
    int most = capacity / this.maxLength + rows;
    this.length = new int[most];
    this.slots = new int[Math.multiplyExact(most, this.maxLength)];
    this.policyStates = new float[Math.multiplyExact(most, policySize)];
    this.valueStates = new float[Math.multiplyExact(most, valueSize)];
    this.first = new boolean[capacity];
    this.current = new int[rows];
    this.criticStates = new float[Math.multiplyExact(rows, valueSize)];
    Arrays.fill(current, NONE);
  }

  /** Returns whether the values depend on what was observed before. */
  boolean remembersValues() {
    return valueSize > 0;
  }

  /**
   * Adds a step of a row.
   *
   * @param begins whether an episode begins with it
   * @param actions with the state of the policy network
   */
  void add(int slot, int row, boolean begins, Actions actions) {
    if (begins) {
      Arrays.fill(criticStates, row * valueSize, (row + 1) * valueSize, 0f);
    }
    if (current[row] == NONE || length[current[row]] == maxLength) {
      current[row] = count++;
      length[current[row]] = 0;
      if (policySize > 0) {
        NetworkActor.readState(policySize, actions, row, policyStates, current[row] * policySize);
      }
      System.arraycopy(
          criticStates, row * valueSize, valueStates, current[row] * valueSize, valueSize);
    }
    int sequence = current[row];
    slots[sequence * maxLength + length[sequence]++] = slot;
    first[slot] = begins;
  }

  void clear() {
    count = 0;
    Arrays.fill(current, NONE);
  }

  /** How many sequences there are. */
  int count() {
    return count;
  }

  /** Steps of a sequence. */
  int length(int sequence) {
    return length[sequence];
  }

  /** The slot of a step of a sequence. */
  int slot(int sequence, int step) {
    return slots[sequence * maxLength + step];
  }

  /** Returns whether an episode begins in a slot. */
  boolean first(int slot) {
    return first[slot];
  }

  /** Copies the states that a sequence begins with to a place of a batch. */
  void copyStates(int sequence, ActorCriticTraining training, int place) {
    if (policySize > 0) {
      System.arraycopy(
          policyStates,
          sequence * policySize,
          training.policyStates(),
          place * policySize,
          policySize);
    }
    if (valueSize > 0) {
      System.arraycopy(
          valueStates, sequence * valueSize, training.valueStates(), place * valueSize, valueSize);
    }
  }

  @Override
  public void carry(State state) {
    state.begin("rollout-sequences", 1);
    count = state.carryIndex("count", count, length.length + 1);
    state.carry("length", length, 0, count);
    state.carry("slots", slots, 0, count * maxLength);
    state.carry("policy_states", policyStates, 0, count * policySize);
    state.carry("value_states", valueStates, 0, count * valueSize);
    state.carry("first", first);
    state.carry("current", current);
    state.carry("critic_states", criticStates);
    state.end();
    if (state.restoring()) {
      check();
    }
  }

  private void check() {
    for (int i = 0; i < count; i++) {
      if (length[i] < 1 || length[i] > maxLength) {
        throw new StateException(
            "a saved sequence must have from 1 to %d steps, had %d"
                .formatted(maxLength, length[i]));
      }
      for (int step = 0; step < length[i]; step++) {
        if (slot(i, step) < 0 || slot(i, step) >= first.length) {
          throw new StateException("a saved sequence has a step in slot " + slot(i, step));
        }
      }
    }
    for (int row = 0; row < rows; row++) {
      if (current[row] < NONE || current[row] >= count) {
        throw new StateException(
            "row %d of a saved rollout adds to sequence %d of %d"
                .formatted(row, current[row], count));
      }
    }
  }
}
