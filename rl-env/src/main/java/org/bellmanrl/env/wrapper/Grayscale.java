package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.transform.ObservationTransform;

/**
 * Turns colours to grey: 0.2125 red + 0.7154 green + 0.0721 blue, cut down to a whole number.
 *
 * <p>Takes a uint8 Box of height × width × 3; gives one of height × width, or height × width × 1
 * with {@code keepDim}. State saved: none.
 *
 * @param keepDim whether a last dimension of one channel stays
 */
public record Grayscale(@Described("keep a last dimension of one channel") boolean keepDim)
    implements Wrapper {

  /** Gymnasium's default: two dimensions. */
  public Grayscale() {
    this(false);
  }

  /** The transform for observations of a space. */
  public ObservationTransform transform(Space space) {
    if (space instanceof Box box
        && box.dtype() == DType.UINT8
        && box.dimensions() == 3
        && box.extent(2) == 3) {
      int height = box.extent(0);
      int width = box.extent(1);
      return new Grey(keepDim ? Box.pixels(height, width, 1) : Box.pixels(height, width));
    }
    throw Checks.observations("grayscale", "a uint8 Box of height × width × 3", space);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return TransformObservation.wrap(this, inner, transform(inner.spec().observationSpace()));
  }

  private static final class Grey extends StatelessTransform {
    private static final double RED = 0.2125;
    private static final double GREEN = 0.7154;
    private static final double BLUE = 0.0721;

    private final int pixels;

    Grey(Box space) {
      super(space);
      this.pixels = space.size();
    }

    @Override
    void apply(int row, Columns in, Columns out) {
      byte[] from = in.bytes();
      byte[] to = out.bytes();
      int at = row * pixels * 3;
      for (int i = row * pixels; i < (row + 1) * pixels; i++, at += 3) {
        double grey =
            (from[at] & 0xFF) * RED + (from[at + 1] & 0xFF) * GREEN + (from[at + 2] & 0xFF) * BLUE;
        to[i] = (byte) (int) grey;
      }
    }
  }
}
