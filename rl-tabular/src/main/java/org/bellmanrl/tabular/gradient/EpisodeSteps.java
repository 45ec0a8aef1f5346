package org.bellmanrl.tabular.gradient;

import java.util.Arrays;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;

/** The steps of the episode that a row is in: table entry, reward and discount. */
final class EpisodeSteps implements Stateful {
  private static final int INITIAL_CAPACITY = 128;
  private static final int MAX_LENGTH = 1 << 30;

  private int length;
  private int[] entries = new int[INITIAL_CAPACITY];
  private double[] rewards = new double[INITIAL_CAPACITY];
  private double[] discounts = new double[INITIAL_CAPACITY];
  private double[] returns = new double[INITIAL_CAPACITY];

  void add(int entry, double reward, double discount) {
    if (length == entries.length) {
      if (length >= MAX_LENGTH) {
        throw new IllegalStateException(
            "an episode of more than %d steps can't be kept; give the task an episode limit"
                .formatted(MAX_LENGTH));
      }
      entries = Arrays.copyOf(entries, 2 * length);
      rewards = Arrays.copyOf(rewards, 2 * length);
      discounts = Arrays.copyOf(discounts, 2 * length);
      returns = new double[2 * length];
    }
    entries[length] = entry;
    rewards[length] = reward;
    discounts[length] = discount;
    length++;
  }

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  int entry(int step) {
    return entries[step];
  }

  /** γ times the environment's own discount. */
  double discount(int step) {
    return discounts[step];
  }

  /** Computes what {@link #goal} gives. */
  void sumReturns() {
    double g = 0;
    for (int step = length - 1; step >= 0; step--) {
      g = rewards[step] + discounts[step] * g;
      returns[step] = g;
    }
  }

  /** The return from a step on. */
  double goal(int step) {
    return returns[step];
  }

  /** Refuses restored steps outside a table. */
  void check(int tableEntries) {
    for (int step = 0; step < length; step++) {
      if (entries[step] < 0 || entries[step] >= tableEntries) {
        throw new StateException(
            "a saved episode visits entry %d of a table of %d"
                .formatted(entries[step], tableEntries));
      }
    }
  }

  @Override
  public void carry(State state) {
    state.begin("episode-steps", 1);
    int[] readEntries = state.carryUpTo("entries", entries, length, MAX_LENGTH);
    double[] readRewards = state.carryUpTo("rewards", rewards, length, MAX_LENGTH);
    double[] readDiscounts = state.carryUpTo("discounts", discounts, length, MAX_LENGTH);
    state.end();
    if (readRewards.length != readEntries.length || readDiscounts.length != readEntries.length) {
      throw new StateException(
          "a saved episode has %d entries, %d rewards and %d discounts, which must be as many"
              .formatted(readEntries.length, readRewards.length, readDiscounts.length));
    }
    clear();
    for (int step = 0; step < readEntries.length; step++) {
      add(readEntries[step], readRewards[step], readDiscounts[step]);
    }
  }
}
