package org.bellmanrl.gymnasium.internal;

import java.nio.ByteBuffer;
import org.bellmanrl.api.render.PictureView;

/**
 * The pictures that a Python environment renders, at other sizes by the mean of what lies there.
 */
final class FramePicture implements PictureView {
  private final WorkerPool pool;
  private final int row;

  FramePicture(WorkerPool pool, int row) {
    this.pool = pool;
    this.row = row;
  }

  /**
   * A rendered picture.
   *
   * @param rgb three bytes per pixel, line by line from the top
   */
  record Frame(int width, int height, ByteBuffer rgb) {
    private static final int MOST = 1 << 14;

    /**
     * Reads a frame.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static Frame read(ByteBuffer in) {
      if (in.remaining() >= 2 * Integer.BYTES) {
        int height = in.getInt();
        int width = in.getInt();
        if (height >= 1
            && height <= MOST
            && width >= 1
            && width <= MOST
            && in.remaining() == 3 * width * height) {
          return new Frame(width, height, in.slice());
        }
      }
      throw new IllegalArgumentException("it is no picture");
    }

    /** The mean of a rectangle, opaque. */
    int mean(int left, int right, int top, int bottom) {
      int red = 0;
      int green = 0;
      int blue = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          int at = 3 * (y * width + x);
          red += rgb.get(at) & 0xFF;
          green += rgb.get(at + 1) & 0xFF;
          blue += rgb.get(at + 2) & 0xFF;
        }
      }
      int count = (right - left) * (bottom - top);
      return 0xFF000000 | ((red / count) << 16) | ((green / count) << 8) | (blue / count);
    }
  }

  @Override
  public double aspect() {
    Frame frame = pool.frame(row);
    return (double) frame.width / frame.height;
  }

  @Override
  public void draw(int[] argb, int width, int height) {
    if (width < 1 || height < 1 || argb.length < (long) width * height) {
      throw new IllegalArgumentException(
          "a picture needs a positive size and an array for it, were %d × %d and %d pixels"
              .formatted(width, height, argb.length));
    }
    Frame frame = pool.frame(row);
    for (int y = 0; y < height; y++) {
      int top = (int) ((long) y * frame.height / height);
      int bottom = Math.max(top + 1, (int) ((y + 1L) * frame.height / height));
      for (int x = 0; x < width; x++) {
        int left = (int) ((long) x * frame.width / width);
        int right = Math.max(left + 1, (int) ((x + 1L) * frame.width / width));
        argb[y * width + x] = frame.mean(left, right, top, bottom);
      }
    }
  }
}
