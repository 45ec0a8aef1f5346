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

  /** What a layer shows, in a few words; empty, the default, if there is but one. */
  default String layer(int layer) {
    return "";
  }

  /** The state's index at a place, or −1 if no state is there. */
  int state(int layer, int row, int column);

  /** What stands at a place: a letter, or a space, the default, for nothing in particular. */
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

  /** What a place means to an agent that gets there. */
  enum Cell {
    /** A place to be at. */
    OPEN,
    /** Where an episode ends well. */
    GOAL,
    /** Where an episode ends badly. */
    TRAP,
    /** Where going costs something and leads elsewhere, so that no state is there. */
    HAZARD,
    /** Where no agent can go. */
    WALL
  }

  /** What a place means. By default ends are goals, and places without a state are walls. */
  default Cell cell(int layer, int row, int column) {
    return terminal(layer, row, column)
        ? Cell.GOAL
        : state(layer, row, column) < 0 ? Cell.WALL : Cell.OPEN;
  }

  /** Whether there is a wall between a place and the next one to the right; false by default. */
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
