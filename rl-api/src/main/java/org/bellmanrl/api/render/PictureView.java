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

  /** How many steps a second look natural, such as those of the task's own time; above 0. */
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
}
