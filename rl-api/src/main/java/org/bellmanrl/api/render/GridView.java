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

  /** Number of layers, at least 1. */
  int layers();

  /** What a layer shows, in a few words; empty if there is but one. */
  String layer(int layer);

  /** The state's index at a place, or −1 if no state is there. */
  int state(int layer, int row, int column);

  /** What stands at a place: a letter, or a space for nothing in particular. */
  char tile(int layer, int row, int column);

  /** Whether a state at that place ends the episode, so that no action is taken there. */
  boolean terminal(int layer, int row, int column);

  /** One character for an action, by index: an arrow where it moves. */
  char glyph(int action);
}
