package org.bellmanrl.tabular.planning;

import java.util.Arrays;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;

/**
 * The entries that lead to each state by a deterministic model that changes: a linked list per
 * state, the latest first. Allocates nothing after its making.
 */
final class PredecessorLists implements Stateful {
  /** The end of a list. */
  static final int NONE = -1;

  private final int[] first;
  private final int[] next;
  private final int[] previous;
  private final int[] to;

  PredecessorLists(int states, int entries) {
    first = new int[states];
    next = new int[entries];
    previous = new int[entries];
    to = new int[entries];
    Arrays.fill(first, NONE);
    Arrays.fill(to, NONE);
  }

  /** Records that an entry now leads to a state. */
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
  public void carry(State state) {
    state.begin("predecessor-lists", 1);
    int[][] lists = new int[first.length][];
    for (int target = 0; target < first.length; target++) {
      int[] mine = list(target);
      lists[target] = state.carryUpTo("to", mine, mine.length, next.length);
    }
    state.end();
    if (!state.restoring()) {
      return;
    }
    Arrays.fill(first, NONE);
    Arrays.fill(to, NONE);
    for (int target = 0; target < first.length; target++) {
      for (int i = lists[target].length - 1; i >= 0; i--) {
        int entry = lists[target][i];
        if (entry < 0 || entry >= to.length || to[entry] != NONE) {
          throw new StateException(
              "a saved model says that entry %d of %d leads to state %d, and to another"
                  .formatted(entry, to.length, target));
        }
        set(entry, target);
      }
    }
  }

  /** Returns the entries that lead to a state, the latest first. */
  private int[] list(int state) {
    int count = 0;
    for (int entry = first[state]; entry != NONE; entry = next[entry]) {
      count++;
    }
    int[] list = new int[count];
    int at = 0;
    for (int entry = first[state]; entry != NONE; entry = next[entry]) {
      list[at++] = entry;
    }
    return list;
  }
}
