package org.bellmanrl.api.render;

/**
 * A capability of environments whose states lie on a grid, so that values and policies can be
 * drawn.
 *
 * <p>A task with more to its state than a place has several layers, one grid each.
 */
public interface GridView {

  /** Number of lines of cells. */
  int height();

  /** Number of cells in a line. */
  int width();

  /** Number of layers, at least 1; 1 by default. */
  default int layers() {
    return 1;
  }

  /** Returns the title of a layer, in a few words; empty, the default, if there is only one. */
  default String layer(int layer) {
    return "";
  }

  /** The state's index at a place, or −1 if no state is there. */
  int state(int layer, int row, int column);

  /** Returns the letter that is drawn at a place; a space, the default, for none. */
  default char tile(int layer, int row, int column) {
    return ' ';
  }

  /**
   * Whether a state at that place ends the episode, so that no action is taken there; false by
   * default.
   */
  default boolean terminal(int layer, int row, int column) {
    return false;
  }

  /** The meaning of a place for an agent that gets there. */
  enum Cell {
    /** A place to be at. */
    OPEN,
    /** A place where an episode ends well. */
    GOAL,
    /** A place where an episode ends badly. */
    TRAP,
    /** A place whose entering costs something and leads elsewhere, so that it is no state. */
    HAZARD,
    /** A place that no agent can enter. */
    WALL
  }

  /**
   * Returns the meaning of a place. By default ends are goals, and places without a state are
   * walls.
   */
  default Cell cell(int layer, int row, int column) {
    return terminal(layer, row, column)
        ? Cell.GOAL
        : state(layer, row, column) < 0 ? Cell.WALL : Cell.OPEN;
  }

  /**
   * Returns whether there is a wall between a place and the next one to the right; false by
   * default.
   */
  default boolean wallToTheRight(int layer, int row, int column) {
    return false;
  }

  /** One character for an action, by index: an arrow where it moves. */
  char glyph(int action);

  /**
   * One character for an action by its name: an arrow where the name has a direction in it, a dot
   * for {@code none}, and otherwise a digit or a letter.
   *
   * @param name what the action is called; may be empty
   * @param action its index
   */
  static char glyph(String name, int action) {
    for (String word : name.split("[^a-z]+", -1)) {
      switch (word) {
        case "left", "backward" -> {
          return '←';
        }
        case "right", "forward" -> {
          return '→';
        }
        case "up" -> {
          return '↑';
        }
        case "down" -> {
          return '↓';
        }
        case "none" -> {
          return '·';
        }
        default -> {}
      }
    }
    return Character.forDigit(action % Character.MAX_RADIX, Character.MAX_RADIX);
  }
}
