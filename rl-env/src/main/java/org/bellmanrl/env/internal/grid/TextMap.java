package org.bellmanrl.env.internal.grid;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * A map of characters, one per place; places are numbered row by row. Immutable, but for one that
 * is a {@linkplain #view view}.
 */
public final class TextMap {
  private final int height;
  private final int width;
  private final char[] cells;

  /**
   * Reads a map.
   *
   * @param given its lines, all of one length; a single one may hold line breaks
   * @param alphabet the characters that may occur
   * @param legend what the characters mean, for messages
   */
  public TextMap(List<String> given, String alphabet, String legend) {
    List<String> rows =
        given.size() == 1 ? given.getFirst().lines().dropWhile(String::isEmpty).toList() : given;
    if (rows.isEmpty() || rows.getFirst().isEmpty()) {
      throw new IllegalArgumentException(
          "a map needs at least one row with at least one place; its characters are " + legend);
    }
    this.height = rows.size();
    this.width = rows.getFirst().length();
    this.cells = String.join("", rows).toCharArray();
    for (int r = 0; r < height; r++) {
      String row = rows.get(r);
      if (row.length() != width) {
        throw new IllegalArgumentException(
            "the rows of a map must have one length: row 0 has %d places, row %d has %d ('%s')"
                .formatted(width, r, row.length(), row));
      }
      for (int c = 0; c < width; c++) {
        if (alphabet.indexOf(row.charAt(c)) < 0) {
          throw new IllegalArgumentException(
              "unknown character '%c' at row %d, column %d of the map; there are: %s"
                  .formatted(row.charAt(c), r, c, legend));
        }
      }
    }
  }

  private TextMap(char[] cells, int width) {
    this.height = cells.length / width;
    this.width = width;
    this.cells = cells;
  }

  /** Shows an array as a map, now and after every change of it. */
  public static TextMap view(char[] cells, int width) {
    return new TextMap(cells, width);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** Number of places. */
  public int size() {
    return cells.length;
  }

  /** The character at a place. */
  public char at(int place) {
    return cells[place];
  }

  public char at(int row, int column) {
    return cells[place(row, column)];
  }

  public int place(int row, int column) {
    return row * width + column;
  }

  /** The place one step to the side, or the same one at the map's edge. */
  public int neighbour(int place, int rows, int columns) {
    int row = Math.clamp(place / width + rows, 0, height - 1);
    int column = Math.clamp(place % width + columns, 0, width - 1);
    return place(row, column);
  }

  /** How often a character occurs. */
  public int count(char letter) {
    int count = 0;
    for (char cell : cells) {
      count += cell == letter ? 1 : 0;
    }
    return count;
  }

  /** Refuses a map without a certain character. */
  public void require(char letter, String meaning) {
    if (count(letter) == 0) {
      throw new IllegalArgumentException(
          "the map has no %s: put at least one '%c' into it".formatted(meaning, letter));
    }
  }

  /**
   * Which places can be reached by steps to the four sides.
   *
   * @param sources where to begin
   * @param open which characters can be stepped on
   * @param passable which characters can be left again
   */
  public boolean[] reachable(IntPredicate sources, IntPredicate open, IntPredicate passable) {
    boolean[] reached = new boolean[size()];
    int[] queue = new int[size()];
    int end = 0;
    for (int place = 0; place < size(); place++) {
      if (sources.test(place)) {
        reached[place] = true;
        queue[end++] = place;
      }
    }
    for (int i = 0; i < end; i++) {
      if (!passable.test(at(queue[i]))) {
        continue;
      }
      for (int side = -1; side <= 1; side += 2) {
        end = reach(neighbour(queue[i], side, 0), open, reached, queue, end);
        end = reach(neighbour(queue[i], 0, side), open, reached, queue, end);
      }
    }
    return reached;
  }

  private int reach(int place, IntPredicate open, boolean[] reached, int[] queue, int end) {
    if (reached[place] || !open.test(at(place))) {
      return end;
    }
    reached[place] = true;
    queue[end] = place;
    return end + 1;
  }
}
