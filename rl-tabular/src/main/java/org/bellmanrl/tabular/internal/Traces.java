package org.bellmanrl.tabular.internal;

import java.util.Arrays;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.api.state.Stateful;

/**
 * A trace per table entry, of which only those that are not 0 cost time. Traces that have faded
 * below {@link #NEGLIGIBLE} are 0. Allocates nothing after its making.
 */
public final class Traces implements Stateful {
  /** Smaller traces no longer count: they would change a value in its last digits. */
  public static final double NEGLIGIBLE = 1e-12;

  private static final int ABSENT = -1;

  private final double[] trace;
  private final int[] place;
  private final int[] active;
  private int count;

  private Traces(int entries) {
    trace = new double[entries];
    place = new int[entries];
    active = new int[entries];
    Arrays.fill(place, ABSENT);
  }

  /** No traces yet, for tables of so many entries, one set per row. */
  public static Traces[] perRow(int rows, int entries) {
    Traces[] traces = new Traces[rows];
    Arrays.setAll(traces, row -> new Traces(entries));
    return traces;
  }

  /** The trace of an entry. */
  public double get(int entry) {
    return trace[entry];
  }

  /** Sets the trace of an entry. */
  public void set(int entry, double value) {
    if (place[entry] == ABSENT) {
      place[entry] = count;
      active[count++] = entry;
    }
    trace[entry] = value;
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

  /** Saves the traces of all rows. */
  public static void save(Traces[] all, StateWriter out) {
    out.write("rows", all.length);
    for (Traces traces : all) {
      out.write("traces", traces);
    }
  }

  /** Restores the traces of all rows. */
  public static void restore(Traces[] all, StateReader in) {
    int rows = in.readInt("rows");
    if (rows != all.length) {
      throw new StateException(
          "saved traces are of %d rows, expected %d".formatted(rows, all.length));
    }
    for (Traces traces : all) {
      in.read("traces", traces);
    }
  }

  @Override
  public void save(StateWriter out) {
    out.begin("traces", 1);
    out.write("entries", active, 0, count);
    double[] values = new double[count];
    Arrays.setAll(values, i -> trace[active[i]]);
    out.write("values", values);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("traces", 1);
    int[] entries = in.readInts("entries", active.length);
    double[] values = in.readDoubles("values", active.length);
    in.end();
    if (values.length != entries.length) {
      throw new StateException(
          "saved traces are %d of %d entries".formatted(values.length, entries.length));
    }
    clear();
    for (int i = 0; i < entries.length; i++) {
      if (entries[i] < 0 || entries[i] >= trace.length) {
        throw new StateException(
            "a saved trace is of entry %d of a table of %d".formatted(entries[i], trace.length));
      }
      set(entries[i], values[i]);
    }
  }
}
