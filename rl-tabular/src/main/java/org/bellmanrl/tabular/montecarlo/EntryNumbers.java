package org.bellmanrl.tabular.montecarlo;

import java.util.Arrays;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.tabular.internal.States;

/** A number per table entry, 0 at first. Allocates nothing unless the table grows. */
final class EntryNumbers implements Stateful {
  private static final int MAX_ENTRIES = Integer.MAX_VALUE - 8;

  private double[] numbers;

  /** Creates zeros for the entries that a table has at first. */
  EntryNumbers(int entries) {
    numbers = new double[entries];
  }

  /** Returns the number of an entry. */
  double get(int entry) {
    return entry < numbers.length ? numbers[entry] : 0;
  }

  /** Adds to the number of an entry and returns the sum. */
  double add(int entry, double difference) {
    if (entry >= numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(entry + 1, States.doubled(numbers.length)));
    }
    return numbers[entry] += difference;
  }

  @Override
  public void carry(State state) {
    state.begin("entry-numbers", 1);
    numbers = state.carryUpTo("numbers", numbers, numbers.length, MAX_ENTRIES);
    state.end();
  }
}
