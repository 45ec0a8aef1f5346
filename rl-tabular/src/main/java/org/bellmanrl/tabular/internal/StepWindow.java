package org.bellmanrl.tabular.internal;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.api.state.Stateful;

/**
 * The last steps of the episode that a row is in, at most n: table entry, reward, the environment's
 * discount, the probability with which the action was taken, and the observation with its mask.
 *
 * <p>Steps are numbered from the oldest, 0. Allocates nothing after its making.
 */
public final class StepWindow implements Stateful {
  private final Observations observations;
  private final int tableEntries;
  private final int[] entries;
  private final double[] rewards;
  private final double[] discounts;
  private final double[] chances;
  private int oldest;
  private int length;

  private StepWindow(EnvironmentSpec spec, int n, int tableEntries) {
    this.observations = new Observations(spec, n);
    this.tableEntries = tableEntries;
    this.entries = new int[n];
    this.rewards = new double[n];
    this.discounts = new double[n];
    this.chances = new double[n];
  }

  /** Empty windows of n steps, one per row. */
  public static StepWindow[] perRow(EnvironmentSpec spec, int rows, int n, int tableEntries) {
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

  /** Saves the windows of all rows. */
  public static void save(StepWindow[] windows, StateWriter out) {
    out.write("rows", windows.length);
    for (StepWindow window : windows) {
      out.write("window", window);
    }
  }

  /** Restores the windows of all rows. */
  public static void restore(StepWindow[] windows, StateReader in) {
    int rows = in.readInt("rows");
    if (rows != windows.length) {
      throw new StateException(
          "saved windows are of %d rows, expected %d".formatted(rows, windows.length));
    }
    for (StepWindow window : windows) {
      in.read("window", window);
    }
  }

  @Override
  public void carry(State state) {
    state.begin("step-window", 1);
    state.carry("observations", observations);
    state.carry("entries", entries);
    state.carry("rewards", rewards);
    state.carry("discounts", discounts);
    state.carry("chances", chances);
    oldest = state.carry("oldest", oldest);
    length = state.carry("length", length);
    state.end();
    if (oldest < 0 || oldest >= entries.length || length < 0 || length > entries.length) {
      throw new StateException(
          "a saved window of %d steps begins at %d and holds %d"
              .formatted(entries.length, oldest, length));
    }
    for (int step = 0; step < length; step++) {
      if (entry(step) < 0 || entry(step) >= tableEntries) {
        throw new StateException(
            "a saved window visits entry %d of a table of %d".formatted(entry(step), tableEntries));
      }
    }
  }
}
