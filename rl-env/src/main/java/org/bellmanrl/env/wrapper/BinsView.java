package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.Legend;
import org.bellmanrl.api.render.GridView;

/**
 * The bins of two elements of an observation as a grid, numbered as {@link Discretize} does.
 *
 * @param width bins of the first element, from left to right
 * @param height bins of the second element, from the bottom up
 * @param legend names both, and the actions
 */
record BinsView(int width, int height, Legend legend) implements GridView {
  @Override
  public String layer(int layer) {
    return legend.observations().size() == 2
        ? "across: " + legend.observation(0) + "; up: " + legend.observation(1)
        : "across: the first element; up: the second";
  }

  @Override
  public int state(int layer, int row, int column) {
    return column * height + height - 1 - row;
  }

  @Override
  public char glyph(int action) {
    return GridView.glyph(legend.action(action), action);
  }
}
