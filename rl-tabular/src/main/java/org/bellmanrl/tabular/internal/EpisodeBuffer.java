package org.bellmanrl.tabular.internal;

import java.util.Arrays;
import java.util.function.IntSupplier;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;

/**
 * The steps of the episode that a row is in: table entry, reward, and the environment's discount.
 */
public final class EpisodeBuffer implements Stateful {
  private static final int INITIAL_CAPACITY = 128;
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private final Episodes task;
  private final IntSupplier tableEntries;
  private int length;
  private int[] entries = new int[INITIAL_CAPACITY];
  private double[] rewards = new double[INITIAL_CAPACITY];
  private double[] discounts = new double[INITIAL_CAPACITY];

  private EpisodeBuffer(Episodes task, IntSupplier tableEntries) {
    this.task = task;
    this.tableEntries = tableEntries;
  }

  /**
   * Empty buffers, one per row.
   *
   * @param learner names the learner in messages
   * @param tableEntries the present number of entries of the table, which must be carried before
   *     the buffers
   * @throws IllegalArgumentException if episodes of the task have no end
   */
  public static EpisodeBuffer[] perRow(
      String learner, LearnerContext context, IntSupplier tableEntries) {
    Episodes task = new Episodes(learner, context);
    EpisodeBuffer[] buffers = new EpisodeBuffer[context.rows()];
    Arrays.setAll(buffers, row -> new EpisodeBuffer(task, tableEntries));
    return buffers;
  }

  /**
   * Adds a step.
   *
   * @throws org.bellmanrl.api.LearningException if the episode seems to have no end
   */
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
    task.checkLength(length);
    int capacity = (int) Math.min(MAX_LENGTH, 2L * length);
    entries = Arrays.copyOf(entries, capacity);
    rewards = Arrays.copyOf(rewards, capacity);
    discounts = Arrays.copyOf(discounts, capacity);
  }

  @Override
  public void carry(State state) {
    state.begin("episode-buffer", 1);
    int[] savedEntries = state.carryUpTo("entries", entries, length, MAX_LENGTH);
    double[] savedRewards = state.carryUpTo("rewards", rewards, length, MAX_LENGTH);
    double[] savedDiscounts = state.carryUpTo("discounts", discounts, length, MAX_LENGTH);
    state.end();
    if (!state.restoring()) {
      return;
    }
    if (savedRewards.length != savedEntries.length
        || savedDiscounts.length != savedEntries.length) {
      throw new StateException(
          "a saved episode has %d entries, %d rewards and %d discounts, which must be as many"
              .formatted(savedEntries.length, savedRewards.length, savedDiscounts.length));
    }
    int limit = tableEntries.getAsInt();
    clear();
    for (int step = 0; step < savedEntries.length; step++) {
      if (savedEntries[step] < 0 || savedEntries[step] >= limit) {
        throw new StateException(
            "a saved episode visits entry %d of a table of %d"
                .formatted(savedEntries[step], limit));
      }
      add(savedEntries[step], savedRewards[step], savedDiscounts[step]);
    }
  }
}
