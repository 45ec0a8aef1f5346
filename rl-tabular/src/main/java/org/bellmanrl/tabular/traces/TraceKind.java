package org.bellmanrl.tabular.traces;

import org.bellmanrl.tabular.internal.Traces;

/** What a visit does to the trace of what is visited (Sutton &amp; Barto, 2nd ed., 2018, 12.5). */
public enum TraceKind {
  /** One more: {@code e ← e + 1}. */
  ACCUMULATING,
  /** Never more than one: {@code e ← 1}. */
  REPLACING,
  /** In between, by the step size: {@code e ← e + 1 − α e}. */
  DUTCH;

  /** Visits an entry, whose trace has faded since the step before. */
  void visit(Traces traces, int entry, double alpha) {
    double e = traces.get(entry);
    switch (this) {
      case ACCUMULATING -> traces.set(entry, e + 1);
      case REPLACING -> traces.set(entry, 1);
      case DUTCH -> traces.set(entry, e + 1 - alpha * e);
    }
  }
}
