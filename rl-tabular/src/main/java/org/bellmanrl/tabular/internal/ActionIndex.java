package org.bellmanrl.tabular.internal;

import java.util.Arrays;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Space;

/**
 * Numbers the actions of a finite space, writes them, and reads their masks.
 *
 * <p>A mask of several elements has an entry per choice of each element; an action is allowed if
 * all its choices are. Immutable.
 */
public final class ActionIndex {
  private final ProductIndex index;
  private final int size;
  private final boolean discrete;
  private final int start;
  private final int[][] maskEntries;

  private ActionIndex(Space space, ProductIndex index) {
    this.index = index;
    this.size = index.size();
    this.discrete = space instanceof Discrete;
    this.start = space instanceof Discrete only ? only.start() : 0;
    this.maskEntries = discrete ? new int[0][] : maskEntries(space, size);
  }

  /**
   * The numbering of an action space.
   *
   * @throws IllegalArgumentException if the space is not finite
   */
  public static ActionIndex of(Space space) {
    return new ActionIndex(
        space,
        ProductIndex.of(space)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "actions must be finite (Discrete or a product of such), were " + space)));
  }

  /** Number of actions. */
  public int size() {
    return size;
  }

  /** The number of the action in a row. */
  public int of(Columns actions, int row) {
    return index.of(actions, row);
  }

  /** The element of a Discrete space that has a number; the number itself for other spaces. */
  public int value(int action) {
    return start + action;
  }

  /** Writes the action with a number into a row. */
  public void set(int action, Columns actions, int row) {
    if (discrete) {
      actions.ints()[row] = start + action;
    } else {
      index.set(action, actions, row);
    }
  }

  /** Whether a row allows an action; always true without a mask. */
  public boolean allows(Observations observations, int row, int action) {
    int width = observations.maskWidth();
    if (width == 0) {
      return true;
    }
    boolean[] mask = observations.mask();
    int from = row * width;
    if (discrete) {
      return mask[from + action];
    }
    for (int entry : maskEntries[action]) {
      if (!mask[from + entry]) {
        return false;
      }
    }
    return true;
  }

  /**
   * How many actions a row allows.
   *
   * @throws IllegalStateException if there are none
   */
  public int countAllowed(Observations observations, int row) {
    if (observations.maskWidth() == 0) {
      return size;
    }
    int count = 0;
    for (int a = 0; a < size; a++) {
      count += allows(observations, row, a) ? 1 : 0;
    }
    if (count == 0) {
      throw noneAllowed(row);
    }
    return count;
  }

  /** What to throw when a row's mask is all false. */
  IllegalStateException noneAllowed(int row) {
    return new IllegalStateException(
        "the mask of row " + row + " allows no action; it must allow at least one");
  }

  /** The {@code n}-th action, from 0, of those that a row allows. */
  public int allowed(Observations observations, int row, int n) {
    if (observations.maskWidth() == 0) {
      return n;
    }
    int left = n;
    for (int a = 0; a < size; a++) {
      if (allows(observations, row, a) && left-- == 0) {
        return a;
      }
    }
    throw new IndexOutOfBoundsException("row " + row + " does not allow " + (n + 1) + " actions");
  }

  private static int[][] maskEntries(Space space, int size) {
    int[] counts =
        switch (space) {
          case MultiDiscrete multi -> {
            int[] n = new int[multi.size()];
            for (int i = 0; i < n.length; i++) {
              n[i] = multi.n(i);
            }
            yield n;
          }
          case MultiBinary binary -> {
            int[] n = new int[binary.n()];
            Arrays.fill(n, 2);
            yield n;
          }
          default -> new int[0]; // can't be masked
        };
    if (counts.length == 0) {
      return new int[0][];
    }
    int[][] entries = new int[size][counts.length];
    for (int action = 0; action < size; action++) {
      int rest = action;
      int end = 0;
      for (int count : counts) {
        end += count;
      }
      for (int i = counts.length - 1; i >= 0; i--) {
        end -= counts[i];
        entries[action][i] = end + rest % counts[i];
        rest /= counts[i];
      }
    }
    return entries;
  }
}
