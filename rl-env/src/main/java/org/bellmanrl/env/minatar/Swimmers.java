package org.bellmanrl.env.minatar;

import java.util.Arrays;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;

/**
 * What swims or flies in Seaquest: for each row of a batch a list of things of one kind, each of
 * which is one int of cell, direction and timers.
 *
 * <p>Lists keep their order, on which MinAtar's outcome depends where several things meet.
 */
final class Swimmers {
  /** What a thing becomes that leaves the board. */
  static final int GONE = -1;

  private static final int SIDE = MinAtarBatch.SIDE;
  private static final int CELL = 0x7F;
  private static final int RIGHT = 0x80;
  private static final int TIMER_SHIFT = 8;
  private static final int SHOT_SHIFT = 16;
  private static final int TIMER = 0xFF;

  private final int capacity;
  private final int[] count;
  private final int[] things;

  Swimmers(int rows, int capacity) {
    this.capacity = capacity;
    this.count = new int[rows];
    this.things = new int[Math.multiplyExact(rows, capacity)];
  }

  static int of(int x, int y, boolean right, int timer, int shotTimer) {
    return cellAt(x, y) | (right ? RIGHT : 0) | timer << TIMER_SHIFT | shotTimer << SHOT_SHIFT;
  }

  static int cellAt(int x, int y) {
    return SIDE * y + x;
  }

  /** Where a thing is, from 0 to 99, line by line. */
  static int cell(int thing) {
    return thing & CELL;
  }

  static int timer(int thing) {
    return thing >> TIMER_SHIFT & TIMER;
  }

  static int shotTimer(int thing) {
    return thing >> SHOT_SHIFT & TIMER;
  }

  /** A thing one step closer to its next move. */
  static int waited(int thing) {
    return thing - (1 << TIMER_SHIFT);
  }

  /** A thing with so many steps until its next move. */
  static int timed(int thing, int timer) {
    return (thing & ~(TIMER << TIMER_SHIFT)) | timer << TIMER_SHIFT;
  }

  /** A thing with so many steps until its next shot. */
  static int aimed(int thing, int timer) {
    return (thing & ~(TIMER << SHOT_SHIFT)) | timer << SHOT_SHIFT;
  }

  /** A thing one cell further; {@link #GONE} if that is off the board. */
  static int moved(int thing) {
    int x = cell(thing) % SIDE;
    if ((thing & RIGHT) != 0) {
      return x == SIDE - 1 ? GONE : thing + 1;
    }
    return x == 0 ? GONE : thing - 1;
  }

  /** The cell that a thing came from; {@link #GONE} if that is off the board. */
  static int behind(int thing) {
    int turned = moved(thing ^ RIGHT);
    return turned == GONE ? GONE : cell(turned);
  }

  static int bulletOf(int thing) {
    return thing & (CELL | RIGHT);
  }

  int count(int row) {
    return count[row];
  }

  int get(int row, int i) {
    return things[row * capacity + i];
  }

  void set(int row, int i, int thing) {
    things[row * capacity + i] = thing;
  }

  void add(int row, int thing) {
    things[row * capacity + count[row]++] = thing;
  }

  void clear(int row) {
    for (int i = count[row] - 1; i >= 0; i--) {
      things[row * capacity + i] = 0;
    }
    count[row] = 0;
  }

  void remove(int row, int i) {
    int from = row * capacity;
    int last = --count[row];
    for (int k = from + i; k < from + last; k++) {
      things[k] = things[k + 1];
    }
    things[from + last] = 0;
  }

  /** Removes the first thing that equals this one, as Python's lists do. */
  void removeFirst(int row, int thing) {
    int i = 0;
    while (get(row, i) != thing) {
      i++;
    }
    remove(row, i);
  }

  /** Removes the first thing in a cell; whether there was one. */
  boolean removeAt(int row, int cell) {
    for (int i = 0; i < count[row]; i++) {
      if (cell(get(row, i)) == cell) {
        remove(row, i);
        return true;
      }
    }
    return false;
  }

  void carry(String name, State state, int row) {
    int from = row * capacity;
    int[] mine =
        state.carryUpTo(
            name, Arrays.copyOfRange(things, from, from + count[row]), count[row], capacity);
    if (!state.restoring()) {
      return;
    }
    clear(row);
    for (int thing : mine) {
      if (thing >>> (SHOT_SHIFT + 8) != 0 || cell(thing) >= SIDE * SIDE) {
        throw new StateException(
            "a thing among the %s must have a cell in [0, %d), was saved as %d"
                .formatted(name, SIDE * SIDE, thing));
      }
      add(row, thing);
    }
  }

  /** Whether something in a line swims the other way. */
  boolean faces(int row, int y, boolean right) {
    for (int i = 0; i < count[row]; i++) {
      int thing = get(row, i);
      if (cell(thing) / SIDE == y && (thing & RIGHT) == (right ? 0 : RIGHT)) {
        return true;
      }
    }
    return false;
  }
}
