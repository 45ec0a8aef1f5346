package org.bellmanrl.api.render;

/**
 * A capability of environments that can draw themselves.
 *
 * <p>A picture shows the situation at the moment of the call. Drawing changes nothing: it takes no
 * random number and leaves the future as it was, however often it is asked for. It is up to the
 * thread that steps the environment; several environments may be drawn in several threads. Who
 * draws may allocate, so pictures are no part of a training loop.
 */
public interface PictureView {

  /** The width that looks best, as a multiple of the height; finite and above 0. */
  double aspect();

  /**
   * Returns the steps per second that look natural, such as those of the task's own time; above 0.
   */
  default double stepsPerSecond() {
    return 25;
  }

  /**
   * Draws the present situation, at any proportions, over whatever the array holds.
   *
   * @param argb takes the pixels, line by line from the top, as {@code 0xAARRGGBB}, all of them
   *     opaque; at least {@code width * height} long, and not kept
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @throws IllegalArgumentException if the size is not positive or the array too short for it
   */
  void draw(int[] argb, int width, int height);

  /**
   * A capability of environments that react to a click on their picture, so that people who watch
   * can take part.
   *
   * <p>A click changes the episode that is going on. An environment that is not clicked on behaves
   * as if it did not have this capability. To be called by the thread that steps the environment,
   * between two steps.
   */
  @FunctionalInterface
  interface Clickable {

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
}
