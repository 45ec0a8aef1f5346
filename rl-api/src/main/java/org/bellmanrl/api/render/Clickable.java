package org.bellmanrl.api.render;

/**
 * A capability of environments that react to a click on their picture, so that people who watch can
 * take part.
 *
 * <p>A click changes the episode that is going on. An environment that is not clicked on behaves as
 * if it did not have this capability. To be called by the thread that steps the environment,
 * between two steps.
 */
@FunctionalInterface
public interface Clickable {

  /**
   * Takes a click on the picture that {@link PictureView#draw} gives at this moment.
   *
   * @param x the place, from 0 at the left edge to 1 at the right edge
   * @param y the place, from 0 at the top to 1 at the bottom
   * @param aspect the picture's width as a multiple of its height
   * @return whether anything happened
   */
  boolean click(double x, double y, double aspect);
}
