package org.bellmanrl.tabular.internal;

import java.util.Arrays;
import java.util.function.IntSupplier;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;

/**
 * A trace per table entry, of which only those that are not 0 cost time. Traces that have faded
 * below {@link #NEGLIGIBLE} are 0. Allocates nothing unless the table grows.
 */
public final class Traces implements Stateful {
  /** Smaller traces no longer count: they would change a value in its last digits. */
  public static final double NEGLIGIBLE = 1e-12;

  private static final int ABSENT = -1;

  private final IntSupplier tableEntries;
  private double[] trace = {};
  private int[] place = {};
  private int[] active = {};
  private int count;

  private Traces(IntSupplier tableEntries) {
    this.tableEntries = tableEntries;
    resize(tableEntries.getAsInt());
  }

  /**
   * No traces yet, one set per row.
   *
   * @param tableEntries the present number of entries of the table, which must be carried before
   *     the traces
   */
  public static Traces[] perRow(int rows, IntSupplier tableEntries) {
    Traces[] traces = new Traces[rows];
    Arrays.setAll(traces, row -> new Traces(tableEntries));
    return traces;
  }

  /** The trace of an entry. */
  public double get(int entry) {
    return entry < trace.length ? trace[entry] : 0;
  }

  /** Sets the trace of an entry. */
  public void set(int entry, double value) {
    if (entry >= trace.length) {
      resize(Math.max(tableEntries.getAsInt(), States.doubled(trace.length)));
    }
    if (place[entry] == ABSENT) {
      place[entry] = count;
      active[count++] = entry;
    }
    trace[entry] = value;
  }

  private void resize(int length) {
    int before = place.length;
    trace = Arrays.copyOf(trace, length);
    place = Arrays.copyOf(place, length);
    active = Arrays.copyOf(active, length);
    Arrays.fill(place, before, length, ABSENT);
  }

  /** Multiplies every trace by a number from 0 to 1. */
  public void fade(double factor) {
    for (int i = count - 1; i >= 0; i--) {
      int entry = active[i];
      double faded = trace[entry] * factor;
      if (Math.abs(faded) < NEGLIGIBLE) {
        int last = active[--count];
        active[i] = last;
        place[last] = i;
        place[entry] = ABSENT;
        trace[entry] = 0;
      } else {
        trace[entry] = faded;
      }
    }
  }

  /** Returns these traces, cleared if a row is at the first step of an episode. */
  public Traces at(Transitions transitions, int row) {
    if (transitions.first()[row]) {
      clear();
    }
    return this;
  }

  /** Multiplies every trace by a number from 0 to 1, or by 0 if a row's episode ended. */
  public void fade(Transitions transitions, int row, double factor) {
    fade(transitions.last(row) ? 0 : factor);
  }

  /** Sets every trace to 0. */
  public void clear() {
    fade(0);
  }

  /** How many traces are not 0. */
  public int count() {
    return count;
  }

  /** The entry of one of them, in [0, count). */
  public int entry(int index) {
    return active[index];
  }

  @Override
  public void carry(State state) {
    state.begin("traces", 1);
    int limit = tableEntries.getAsInt();
    int[] entries = state.carryUpTo("entries", active, count, limit);
    double[] present = new double[state.restoring() ? 0 : count];
    Arrays.setAll(present, i -> trace[active[i]]);
    double[] values = state.carryUpTo("values", present, present.length, limit);
    state.end();
    if (!state.restoring()) {
      return;
    }
    if (values.length != entries.length) {
      throw new StateException(
          "saved traces are %d of %d entries".formatted(values.length, entries.length));
    }
    clear();
    for (int i = 0; i < entries.length; i++) {
      if (entries[i] < 0 || entries[i] >= limit) {
        throw new StateException(
            "a saved trace is of entry %d of a table of %d".formatted(entries[i], limit));
      }
      set(entries[i], values[i]);
    }
  }
}
