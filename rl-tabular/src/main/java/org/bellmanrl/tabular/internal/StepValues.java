package org.bellmanrl.tabular.internal;

import java.util.Arrays;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;

/** A number per step of the episode that a row is in, beside its {@link EpisodeBuffer}. */
public final class StepValues implements Stateful {
  private static final int INITIAL_CAPACITY = 128;
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private final EpisodeBuffer episode;
  private int length;
  private double[] values = new double[INITIAL_CAPACITY];

  private StepValues(EpisodeBuffer episode) {
    this.episode = episode;
  }

  /**
   * None yet, for each row.
   *
   * @param episodes the steps, which must be carried before the ratios
   */
  public static StepValues[] perRow(EpisodeBuffer[] episodes) {
    StepValues[] ratios = new StepValues[episodes.length];
    Arrays.setAll(ratios, row -> new StepValues(episodes[row]));
    return ratios;
  }

  /** Adds the number of one more step. */
  public void add(double value) {
    if (length == values.length) {
      values = Arrays.copyOf(values, (int) Math.min(MAX_LENGTH, 2L * length));
    }
    values[length++] = value;
  }

  /** The number of a step. */
  public double get(int step) {
    return values[step];
  }

  /** Forgets all. */
  public void clear() {
    length = 0;
  }

  @Override
  public void carry(State state) {
    state.begin("ratios", 1);
    double[] saved = state.carryUpTo("values", values, length, MAX_LENGTH);
    state.end();
    if (!state.restoring()) {
      return;
    }
    if (saved.length != episode.length()) {
      throw new StateException(
          "a saved episode of %d steps has %d ratios, which must be as many"
              .formatted(episode.length(), saved.length));
    }
    clear();
    for (double value : saved) {
      add(value);
    }
  }
}
