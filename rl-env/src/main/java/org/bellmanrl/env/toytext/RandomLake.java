package org.bellmanrl.env.toytext;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;

/**
 * Draws square maps of a lake, one after the other, into the same array: the start at the top left,
 * the goal at the bottom right, and a way between them. Allocates nothing once it is made.
 */
final class RandomLake {
  /**
   * Maps at the edge of percolation take a few tries; one that takes more than this never comes.
   */
  private static final int MOST_TRIES = 10_000;

  /** Places drawn in all tries, a second's work. */
  private static final int MOST_PLACES = 1 << 26;

  /**
   * The share of ice above which an endless map has an endless way, the threshold of site
   * percolation on the square lattice (M. E. J. Newman and R. M. Ziff, "Efficient Monte Carlo
   * algorithm and high-precision results for percolation", 2000).
   */
  private static final double PERCOLATION = 0.593;

  private final int size;
  private final double[] chances;
  private final char[] cells;
  private final boolean[] reached;
  private final int[] queue;

  /**
   * Creates a lake of ice.
   *
   * @param size number of rows and of columns, at least 2
   * @param p probability that a place is ice and not a hole, in (0, 1]
   */
  RandomLake(int size, double p) {
    this.size = size;
    this.chances = new double[] {p, 1 - p};
    this.cells = new char[size * size];
    this.reached = new boolean[cells.length];
    this.queue = new int[cells.length];
    Arrays.fill(cells, 'F');
    placeEnds();
  }

  /** Returns the present map, row by row; later maps overwrite it. */
  char[] cells() {
    return cells;
  }

  /**
   * Draws the next map.
   *
   * @throws IllegalArgumentException if no map had a way: of ten thousand, fewer if they are larger
   *     than 81 × 81
   */
  void draw(RandomStream random) {
    int tries = Math.min(MOST_TRIES, MOST_PLACES / cells.length);
    for (int i = 0; i < tries; i++) {
      for (int place = 0; place < cells.length; place++) {
        cells[place] = random.choice(chances) == 0 ? 'F' : 'H';
      }
      placeEnds();
      if (hasWay()) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "%d maps with map_size = %d and map_p = %s had no way to the goal; large maps hardly ever have one below a map_p of %s, the threshold of percolation: raise map_p"
            .formatted(tries, size, chances[0], PERCOLATION));
  }

  private void placeEnds() {
    cells[0] = 'S';
    cells[cells.length - 1] = 'G';
  }

  private boolean hasWay() {
    Arrays.fill(reached, false);
    int end = reach(0, 0);
    for (int i = 0; i < end && !reached[cells.length - 1]; i++) {
      int row = queue[i] / size;
      int column = queue[i] % size;
      end = row > 0 ? reach(queue[i] - size, end) : end;
      end = row < size - 1 ? reach(queue[i] + size, end) : end;
      end = column > 0 ? reach(queue[i] - 1, end) : end;
      end = column < size - 1 ? reach(queue[i] + 1, end) : end;
    }
    return reached[cells.length - 1];
  }

  private int reach(int place, int end) {
    if (reached[place] || cells[place] == 'H') {
      return end;
    }
    reached[place] = true;
    queue[end] = place;
    return end + 1;
  }
}
