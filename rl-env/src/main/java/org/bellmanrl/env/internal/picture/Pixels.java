package org.bellmanrl.env.internal.picture;

/** Whether there is room for pixels. */
public final class Pixels {
  /** The longest array that every JVM can make. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private Pixels() {}

  /**
   * Refuses a picture of a size that is none or that an array can't take.
   *
   * @throws IllegalArgumentException if it is so
   */
  public static void requireFit(int[] argb, int width, int height) {
    if (width < 1 || height < 1 || (long) width * height > argb.length) {
      throw new IllegalArgumentException(
          "a picture of %d by %d pixels does not fit into an array of %d: width and height must be at least 1, the array at least as long as their product"
              .formatted(width, height, argb.length));
    }
  }

  /**
   * Refuses pictures as observations that are too large for one array of all environments.
   *
   * @param what shows them
   * @throws IllegalArgumentException if they are
   */
  public static void requireRoom(String what, int rows, int height, int width, int channels) {
    if ((double) rows * height * width * channels > LONGEST) {
      throw new IllegalArgumentException(
          "%d observations of %d × %d × %d bytes are more than the %d bytes of an array: give %s a smaller height and width, or fewer environments"
              .formatted(rows, height, width, channels, LONGEST, what));
    }
  }
}
