package org.bellmanrl.tabular.internal;

import java.util.Arrays;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.api.state.Stateful;

/** A number per step of the episode that a row is in, beside its {@link EpisodeBuffer}. */
public final class Ratios implements Stateful {
  private static final int INITIAL_CAPACITY = 128;
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private int length;
  private double[] values = new double[INITIAL_CAPACITY];

  /** None yet, for each row. */
  public static Ratios[] perRow(int rows) {
    Ratios[] ratios = new Ratios[rows];
    Arrays.setAll(ratios, row -> new Ratios());
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
    double[] read = state.carryUpTo("values", values, length, MAX_LENGTH);
    state.end();
    clear();
    for (double value : read) {
      add(value);
    }
  }

  /** Saves those of all rows, after their episodes. */
  public static void save(Ratios[] ratios, StateWriter out) {
    for (Ratios one : ratios) {
      out.write("ratios", one);
    }
  }

  /** Restores those of all rows, whose episodes have been restored. */
  public static void restore(Ratios[] ratios, EpisodeBuffer[] episodes, StateReader in) {
    for (int row = 0; row < ratios.length; row++) {
      in.read("ratios", ratios[row]);
      if (ratios[row].length != episodes[row].length()) {
        throw new StateException(
            "a saved episode of %d steps has %d ratios, which must be as many"
                .formatted(episodes[row].length(), ratios[row].length));
      }
    }
  }
}
