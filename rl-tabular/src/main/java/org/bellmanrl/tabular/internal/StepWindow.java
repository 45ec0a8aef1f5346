package org.bellmanrl.tabular.internal;

import java.util.function.IntSupplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;

/**
 * The last steps of the episode that a row is in, at most n: table entry, reward, the environment's
 * discount, the probability with which the action was taken, and the observation with its mask.
 *
 * <p>Steps are numbered from the oldest, 0. Allocates nothing after its making.
 */
public final class StepWindow implements Stateful {
  /** Of a step, without its observation. */
  private static final double BYTES = 28;

  private final Observations observations;
  private final IntSupplier tableEntries;
  private final int[] entries;
  private final double[] rewards;
  private final double[] discounts;
  private final double[] chances;
  private int oldest;
  private int length;

  private StepWindow(EnvironmentSpec spec, int n, IntSupplier tableEntries) {
    this.observations = new Observations(spec, n);
    this.tableEntries = tableEntries;
    this.entries = new int[n];
    this.rewards = new double[n];
    this.discounts = new double[n];
    this.chances = new double[n];
  }

  /**
   * Empty windows of n steps, one per row.
   *
   * @param tableEntries the present number of entries of the table, which must be carried before
   *     the windows
   */
  public static StepWindow[] perRow(
      EnvironmentSpec spec, int rows, int n, IntSupplier tableEntries) {
    Require.memory(
        "a window of n = %d steps for each of %d rows".formatted(n, rows),
        (double) rows * n * BYTES);
    StepWindow[] windows = new StepWindow[rows];
    for (int row = 0; row < rows; row++) {
      windows[row] = new StepWindow(spec, n, tableEntries);
    }
    return windows;
  }

  /** Adds the step of a row; there must be room. */
  public void add(Transitions transitions, int row, int entry, double chance) {
    int slot = slot(length++);
    observations.copyRow(transitions.observations(), row, slot);
    entries[slot] = entry;
    rewards[slot] = transitions.reward()[row];
    discounts[slot] = transitions.discount()[row];
    chances[slot] = chance;
  }

  /** Forgets the oldest step. */
  public void drop() {
    oldest = slot(1);
    length--;
  }

  /** Forgets all steps: what follows belongs to another episode. */
  public void clear() {
    oldest = 0;
    length = 0;
  }

  /** Number of steps held. */
  public int length() {
    return length;
  }

  /** Whether there is no room for another step. */
  public boolean full() {
    return length == entries.length;
  }

  /** The table entry of a step. */
  public int entry(int step) {
    return entries[slot(step)];
  }

  /** The reward of a step. */
  public double reward(int step) {
    return rewards[slot(step)];
  }

  /** The environment's discount after a step. */
  public double discount(int step) {
    return discounts[slot(step)];
  }

  /** The probability with which the action of a step was taken. */
  public double chance(int step) {
    return chances[slot(step)];
  }

  /** What was observed at the steps, with masks, by slot. */
  public Observations observations() {
    return observations;
  }

  /** The row of {@link #observations()} that holds a step. */
  public int slot(int step) {
    int slot = oldest + step;
    return slot < entries.length ? slot : slot - entries.length;
  }

  @Override
  public void carry(State state) {
    state.begin("step-window", 1);
    state.carry("observations", observations);
    state.carry("entries", entries);
    state.carry("rewards", rewards);
    state.carry("discounts", discounts);
    state.carry("chances", chances);
    oldest = state.carryIndex("oldest", oldest, entries.length);
    length = state.carryIndex("length", length, entries.length + 1);
    state.end();
    int limit = tableEntries.getAsInt();
    for (int step = 0; step < length && state.restoring(); step++) {
      if (entry(step) < 0 || entry(step) >= limit) {
        throw new StateException(
            "a saved window visits entry %d of a table of %d".formatted(entry(step), limit));
      }
    }
  }
}
