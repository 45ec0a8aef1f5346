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
 * Turns colours to grey.
 *
 * <p>Takes a uint8 Box of height × width × 3; gives one of height × width, or height × width × 1
 * with {@code keepDim}. State saved: none.
 *
 * @param keepDim whether a last dimension of one channel stays
 * @param weights how much of the grey each colour is
 */
public record Grayscale(
    @Described("keep a last dimension of one channel") boolean keepDim,
    @Described("how much of the grey each colour is: as Gymnasium's wrapper, or as ALE and OpenCV")
        Weights weights)
    implements Wrapper {

  /** How much of the grey each colour is. */
  public enum Weights {
    /**
     * 0.2125 red + 0.7154 green + 0.0721 blue, cut down to a whole number: those of ITU-R BT.709,
     * as Gymnasium's {@code GrayscaleObservation} has them.
     */
    BT709(0.2125, 0.7154, 0.0721, 0),

    /**
     * 0.299 red + 0.587 green + 0.114 blue, rounded: those of ITU-R BT.601, as the Arcade Learning
     * Environment, OpenCV and with them Gymnasium's {@code AtariPreprocessing} have them.
     */
    BT601(0.299, 0.587, 0.114, 0.5);

    private final double red;
    private final double green;
    private final double blue;

    /** Added before a number is cut down to a whole one. */
    private final double round;

    Weights(double red, double green, double blue, double round) {
      this.red = red;
      this.green = green;
      this.blue = blue;
      this.round = round;
    }
  }

  /** Gymnasium's default: two dimensions. */
  public Grayscale() {
    this(false, Weights.BT709);
  }

  /** The transform for observations of a space. */
  public ObservationTransform transform(Space space) {
    if (space instanceof Box box
        && box.dtype() == DType.UINT8
        && box.dimensions() == 3
        && box.extent(2) == 3) {
      int height = box.extent(0);
      int width = box.extent(1);
      Box grey = keepDim ? Box.pixels(height, width, 1) : Box.pixels(height, width);
      return new Grey(grey, weights);
    }
    throw Checks.observations("grayscale", "a uint8 Box of height × width × 3", space);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return TransformObservation.wrap(this, inner, transform(inner.spec().observationSpace()));
  }

  private static final class Grey extends StatelessTransform {
    private final Weights weights;
    private final int pixels;

    Grey(Box space, Weights weights) {
      super(space);
      this.weights = weights;
      this.pixels = space.size();
    }

    @Override
    void apply(int row, Columns in, Columns out) {
      byte[] from = in.bytes();
      byte[] to = out.bytes();
      double red = weights.red;
      double green = weights.green;
      double blue = weights.blue;
      double round = weights.round;
      int at = row * pixels * 3;
      for (int i = row * pixels; i < (row + 1) * pixels; i++, at += 3) {
        double grey =
            (from[at] & 0xFF) * red
                + (from[at + 1] & 0xFF) * green
                + (from[at + 2] & 0xFF) * blue
                + round;
        to[i] = (byte) (int) grey;
      }
    }
  }
}
