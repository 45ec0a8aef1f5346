package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.transform.ObservationTransform;

/**
 * Makes pictures smaller or larger by areas: each new pixel is the mean of the old ones under it,
 * weighted by how much of each lies there, and rounded.
 *
 * <p>Takes a uint8 Box of height × width or height × width × channels; gives the same with the new
 * height and width. That is what Gymnasium asks of OpenCV by INTER_AREA; exact halves are rounded
 * to the even number as there, and up where both sides are halved. OpenCV sums in single precision,
 * so a value close to a half can come out one apart. State saved: none.
 *
 * @param height new height in pixels, at least 1
 * @param width new width in pixels, at least 1
 */
public record Resize(
    @Described(value = "new height in pixels", range = Require.AT_LEAST_ONE) int height,
    @Described(value = "new width in pixels", range = Require.AT_LEAST_ONE) int width)
    implements Wrapper {

  public Resize {
    Require.atLeast("height", height, 1);
    Require.atLeast("width", width, 1);
  }

  /** 84 × 84, as Mnih et al. (2015) use for Atari games. */
  public Resize() {
    this(84, 84);
  }

  /** The transform for observations of a space. */
  public ObservationTransform transform(Space space) {
    if (space instanceof Box box
        && box.dtype() == DType.UINT8
        && (box.dimensions() == 2 || box.dimensions() == 3)) {
      return new Resizing(box, height, width);
    }
    throw Checks.observations(
        "resize", "a uint8 Box of height × width or height × width × channels", space);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return TransformObservation.wrap(this, inner, transform(inner.spec().observationSpace()));
  }

  /** Which old pixels of a line lie under each new one, and how much of each does. */
  private static final class Cover {
    final int[] first;

    /** In units of which an old pixel has as many as there are new ones, so everything is whole. */
    final int[][] weights;

    Cover(int from, int to) {
      first = new int[to];
      weights = new int[to][];
      for (int i = 0; i < to; i++) {
        long begin = (long) i * from;
        long end = begin + from;
        int low = (int) (begin / to);
        int high = (int) Math.ceilDiv(end, to);
        first[i] = low;
        weights[i] = new int[high - low];
        for (int j = low; j < high; j++) {
          long covered = Math.min(end, (j + 1L) * to) - Math.max(begin, (long) j * to);
          weights[i][j - low] = (int) covered;
        }
      }
    }
  }

  private static final class Resizing extends StatelessTransform {
    private final int channels;
    private final int fromHeight;
    private final int fromWidth;
    private final int toHeight;
    private final int toWidth;
    private final double area;
    private final boolean halved;
    private final Cover lines;
    private final Cover columns;

    Resizing(Box from, int height, int width) {
      super(
          from.dimensions() == 2
              ? Box.bytes((int) from.high(0), height, width)
              : Box.bytes((int) from.high(0), height, width, from.extent(2)));
      this.channels = from.dimensions() == 2 ? 1 : from.extent(2);
      this.fromHeight = from.extent(0);
      this.fromWidth = from.extent(1);
      this.toHeight = height;
      this.toWidth = width;
      this.area = (double) fromHeight * fromWidth;
      this.halved = fromHeight == 2 * height && fromWidth == 2 * width;
      this.lines = new Cover(fromHeight, height);
      this.columns = new Cover(fromWidth, width);
    }

    @Override
    void apply(int row, Columns in, Columns out) {
      byte[] to = out.bytes();
      int at = row * toHeight * toWidth * channels;
      for (int y = 0; y < toHeight; y++) {
        for (int x = 0; x < toWidth; x++) {
          for (int channel = 0; channel < channels; channel++) {
            // The quotient is the nearest double, so a half is only what is a half exactly.
            double mean = (double) sum(row, y, x, channel, in.bytes()) / area;
            to[at++] = (byte) (int) (halved ? Math.floor(mean + 0.5) : Math.rint(mean));
          }
        }
      }
    }

    /** What lies under a new pixel, times the part of each old one that does. */
    private long sum(int row, int y, int x, int channel, byte[] from) {
      int[] down = lines.weights[y];
      int[] across = columns.weights[x];
      int base = row * fromHeight * fromWidth;
      long sum = 0;
      for (int i = 0; i < down.length; i++) {
        int line = base + (lines.first[y] + i) * fromWidth + columns.first[x];
        long part = 0;
        for (int j = 0; j < across.length; j++) {
          part += (from[(line + j) * channels + channel] & 0xFF) * (long) across[j];
        }
        sum += part * down[i];
      }
      return sum;
    }
  }
}
