package org.bellmanrl.tabular.internal;

import java.util.Arrays;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.api.state.Stateful;

/**
 * The steps of the episode that a row is in: table entry, reward, and the environment's discount.
 */
public final class EpisodeBuffer implements Stateful {
  private static final int INITIAL_CAPACITY = 128;
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private int length;
  private int[] entries = new int[INITIAL_CAPACITY];
  private double[] rewards = new double[INITIAL_CAPACITY];
  private double[] discounts = new double[INITIAL_CAPACITY];

  /** Empty buffers, one per row. */
  public static EpisodeBuffer[] perRow(int rows) {
    EpisodeBuffer[] buffers = new EpisodeBuffer[rows];
    Arrays.setAll(buffers, row -> new EpisodeBuffer());
    return buffers;
  }

  /** Adds a step. */
  public void add(int entry, double reward, double discount) {
    if (length == entries.length) {
      grow();
    }
    entries[length] = entry;
    rewards[length] = reward;
    discounts[length] = discount;
    length++;
  }

  /** Forgets all steps. */
  public void clear() {
    length = 0;
  }

  /** Number of steps. */
  public int length() {
    return length;
  }

  /** The table entry of a step. */
  public int entry(int step) {
    return entries[step];
  }

  /** The reward of a step. */
  public double reward(int step) {
    return rewards[step];
  }

  /** The environment's discount after a step. */
  public double discount(int step) {
    return discounts[step];
  }

  private void grow() {
    if (length == MAX_LENGTH) {
      throw new IllegalStateException(
          "an episode of more than %d steps can't be kept; give the task an episode limit"
              .formatted(MAX_LENGTH));
    }
    int capacity = (int) Math.min(MAX_LENGTH, 2L * length);
    entries = Arrays.copyOf(entries, capacity);
    rewards = Arrays.copyOf(rewards, capacity);
    discounts = Arrays.copyOf(discounts, capacity);
  }

  @Override
  public void carry(State state) {
    state.begin("episode-buffer", 1);
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

  /** Saves the buffers of all rows. */
  public static void save(EpisodeBuffer[] buffers, StateWriter out) {
    out.write("rows", buffers.length);
    for (EpisodeBuffer buffer : buffers) {
      out.write("episode", buffer);
    }
  }

  /** Restores the buffers of all rows, over a table of so many entries. */
  public static void restore(EpisodeBuffer[] buffers, int tableEntries, StateReader in) {
    int rows = in.readInt("rows");
    if (rows != buffers.length) {
      throw new StateException(
          "saved episodes are of %d rows, expected %d".formatted(rows, buffers.length));
    }
    for (EpisodeBuffer buffer : buffers) {
      in.read("episode", buffer);
      for (int step = 0; step < buffer.length; step++) {
        if (buffer.entries[step] < 0 || buffer.entries[step] >= tableEntries) {
          throw new StateException(
              "a saved episode visits entry %d of a table of %d"
                  .formatted(buffer.entries[step], tableEntries));
        }
      }
    }
  }
}
