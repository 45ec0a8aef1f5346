package org.bellmanrl.deep.internal.action;

import java.util.Arrays;
import org.bellmanrl.api.state.State;

/** Actions that were taken, by slot, with the masks that they were taken under. */
public final class TakenActions {
  /** Choices of an action: elements of {@link #choices} per slot. */
  public final int choiceWidth;

  /** Elements of {@link #numbers} per slot. */
  public final int numberWidth;

  /** Elements of {@link #mask} per slot; 0 without a mask. */
  public final int maskWidth;

  public int[] choices;
  public float[] numbers;
  public boolean[] mask;

  TakenActions(int slots, int choiceWidth, int numberWidth, int maskWidth) {
    this.choiceWidth = choiceWidth;
    this.numberWidth = numberWidth;
    this.maskWidth = maskWidth;
    this.choices = new int[Math.multiplyExact(slots, choiceWidth)];
    this.numbers = new float[Math.multiplyExact(slots, numberWidth)];
    this.mask = new boolean[Math.multiplyExact(slots, maskWidth)];
  }

  /** Makes room for more slots. */
  public void grow(int slots) {
    choices = Arrays.copyOf(choices, Math.multiplyExact(slots, choiceWidth));
    numbers = Arrays.copyOf(numbers, Math.multiplyExact(slots, numberWidth));
    mask = Arrays.copyOf(mask, Math.multiplyExact(slots, maskWidth));
  }

  /** Writes the first {@code slots} slots. */
  public void carry(State state, int slots) {
    state.begin("taken-actions", 1);
    state.carry("choices", choices, 0, slots * choiceWidth);
    state.carry("numbers", numbers, 0, slots * numberWidth);
    state.carry("mask", mask, 0, slots * maskWidth);
    state.end();
  }
}
