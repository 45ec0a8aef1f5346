package org.bellmanrl.tabular.planning;

import java.util.Arrays;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.api.state.Stateful;

/**
 * Which entries lead to which state by a deterministic model that changes: a linked list per state,
 * the latest first. Allocates nothing after its making.
 */
final class Leads implements Stateful {
  /** The end of a list. */
  static final int NONE = -1;

  private final int[] first;
  private final int[] next;
  private final int[] previous;
  private final int[] to;

  Leads(int states, int entries) {
    first = new int[states];
    next = new int[entries];
    previous = new int[entries];
    to = new int[entries];
    Arrays.fill(first, NONE);
    Arrays.fill(to, NONE);
  }

  /** Says that an entry leads to a state now. */
  void set(int entry, int state) {
    if (to[entry] == state) {
      return;
    }
    if (to[entry] != NONE) {
      unlink(entry);
    }
    to[entry] = state;
    next[entry] = first[state];
    previous[entry] = NONE;
    if (first[state] != NONE) {
      previous[first[state]] = entry;
    }
    first[state] = entry;
  }

  private void unlink(int entry) {
    if (previous[entry] == NONE) {
      first[to[entry]] = next[entry];
    } else {
      next[previous[entry]] = next[entry];
    }
    if (next[entry] != NONE) {
      previous[next[entry]] = previous[entry];
    }
  }

  /** The first entry that leads to a state, or {@link #NONE}. */
  int first(int state) {
    return first[state];
  }

  /** The entry after one in its list, or {@link #NONE}. */
  int next(int entry) {
    return next[entry];
  }

  @Override
  public void save(StateWriter out) {
    out.begin("leads", 1);
    int[] listed = new int[next.length];
    for (int state = 0; state < first.length; state++) {
      int count = 0;
      for (int entry = first[state]; entry != NONE; entry = next[entry]) {
        listed[count++] = entry;
      }
      out.write("to", listed, 0, count);
    }
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("leads", 1);
    Arrays.fill(first, NONE);
    Arrays.fill(to, NONE);
    for (int state = 0; state < first.length; state++) {
      int[] listed = in.readInts("to", next.length);
      for (int i = listed.length - 1; i >= 0; i--) {
        if (listed[i] < 0 || listed[i] >= to.length || to[listed[i]] != NONE) {
          throw new StateException(
              "a saved model says that entry %d of %d leads to state %d, and to another"
                  .formatted(listed[i], to.length, state));
        }
        set(listed[i], state);
      }
    }
    in.end();
  }
}
