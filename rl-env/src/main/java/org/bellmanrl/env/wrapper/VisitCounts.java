package org.bellmanrl.env.wrapper;

import java.util.Arrays;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;

/** How often each key was seen, in an open hash table that doubles. Not thread-safe. */
final class VisitCounts {
  private static final int FIRST_CAPACITY = 256;

  /** A power of two; the table is at most half full. */
  private long[] keys = new long[FIRST_CAPACITY];

  /** 0 where no key is. */
  private int[] counts = new int[FIRST_CAPACITY];

  private int size;

  /** Counts a key once more, up to the largest int, and returns how often it was seen by now. */
  int visit(long key) {
    int at = place(key);
    if (counts[at] == 0) {
      keys[at] = key;
      size++;
      if (size > keys.length / 2) {
        counts[at] = 1;
        grow();
        return 1;
      }
    }
    if (counts[at] < Integer.MAX_VALUE) {
      counts[at]++;
    }
    return counts[at];
  }

  /** How many keys were seen. */
  int size() {
    return size;
  }

  private int place(long key) {
    long mixed = (key ^ (key >>> 32)) * 0x9E3779B97F4A7C15L;
    int mask = keys.length - 1;
    int at = (int) (mixed >>> 40) & mask;
    while (counts[at] != 0 && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[2 * oldKeys.length];
    counts = new int[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] != 0) {
        int at = place(oldKeys[i]);
        keys[at] = oldKeys[i];
        counts[at] = oldCounts[i];
      }
    }
  }

  /** Saves the keys in ascending order, so that equal counts have equal bytes. */
  void carry(State state) {
    long[] savedKeys = new long[size];
    int at = 0;
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        savedKeys[at++] = keys[i];
      }
    }
    Arrays.sort(savedKeys);
    int[] savedCounts = new int[size];
    for (int i = 0; i < size; i++) {
      savedCounts[i] = counts[place(savedKeys[i])];
    }
    savedKeys = state.carryUpTo("keys", savedKeys, size, Integer.MAX_VALUE);
    savedCounts = state.carryUpTo("counts", savedCounts, size, Integer.MAX_VALUE);
    if (state.restoring()) {
      restore(savedKeys, savedCounts);
    }
  }

  private void restore(long[] savedKeys, int[] savedCounts) {
    if (savedKeys.length != savedCounts.length) {
      throw new StateException(
          "%d keys were saved with %d counts".formatted(savedKeys.length, savedCounts.length));
    }
    keys = new long[FIRST_CAPACITY];
    counts = new int[FIRST_CAPACITY];
    size = 0;
    for (int i = 0; i < savedKeys.length; i++) {
      if (savedCounts[i] < 1 || (i > 0 && savedKeys[i] <= savedKeys[i - 1])) {
        throw new StateException("counts must be above 0, of ascending keys");
      }
      visit(savedKeys[i]);
      counts[place(savedKeys[i])] = savedCounts[i];
    }
  }
}
