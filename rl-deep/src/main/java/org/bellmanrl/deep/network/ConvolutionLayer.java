package org.bellmanrl.deep.network;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * {@link Convolution2d} in its place, as a matrix product per row of the batch: the windows of an
 * image side by side (output positions × window elements) times the filters.
 */
final class ConvolutionLayer implements Layer {
  private final Convolution2d spec;
  private final Extent in;
  private final Extent output;

  /** Numbers in a window, ordered by row, column, channel. */
  private final int windowSize;

  private final ParameterBlock weights;
  private final ParameterBlock bias;

  ConvolutionLayer(Convolution2d spec, Extent in, Blocks blocks) {
    this.spec = spec;
    this.in = in;
    this.output = new Extent(outputExtent(in.height()), outputExtent(in.width()), spec.filters());
    this.windowSize =
        Math.multiplyExact(Math.multiplyExact(spec.kernel(), spec.kernel()), in.channels());
    // All windows of an image lie in one array.
    Math.multiplyExact(output.positions(), windowSize);
    this.weights = blocks.block("weights", windowSize, spec.filters());
    this.bias = blocks.block("bias", 1, spec.filters());
  }

  private int outputExtent(int extent) {
    int room = extent + 2 * spec.padding() - spec.kernel();
    if (room < 0) {
      throw new IllegalArgumentException(
          "kernel %d with padding %d does not fit an input of %s"
              .formatted(spec.kernel(), spec.padding(), in));
    }
    return room / spec.stride() + 1;
  }

  @Override
  public Extent output() {
    return output;
  }

  @Override
  public List<ParameterBlock> blocks() {
    return List.of(weights, bias);
  }

  @Override
  public void initialise(float[] parameters, RandomStream random) {
    int fanOut = spec.kernel() * spec.kernel() * spec.filters();
    Initialiser.draw(spec.initialisation(), parameters, weights, bias, windowSize, fanOut, random);
  }

  @Override
  public LayerPass pass(Kernel kernel, Signal signalIn, Signal signalOut, int maxRows) {
    return new Pass(kernel, signalIn, signalOut);
  }

  private final class Pass extends LayerPass {
    private final Kernel kernel;
    private final Signal from;
    private final Signal to;
    private final Activator activator;
    private final int positions = output.positions();
    private final int windowStride = Kernel.stride(windowSize);

    /** positions × windowSize, of one image at a time: they are gathered again on the way back. */
    private final float[] windows = new float[positions * windowSize];

    private final float[] windowGradients;
    private final float[] transposed;
    private final float[] zeros;
    private final float[] unusedSums;

    Pass(Kernel kernel, Signal from, Signal to) {
      this.kernel = kernel;
      this.from = from;
      this.to = to;
      this.activator = new Activator(kernel, spec.activation(), to);
      boolean backward = from.hasGradients();
      this.windowGradients = new float[backward ? positions * windowStride : 0];
      this.transposed = new float[backward ? spec.filters() * windowStride : 0];
      this.zeros = new float[backward ? windowStride : 0];
      this.unusedSums = new float[to.stride];
    }

    @Override
    void forward(float[] parameters, int rows) {
      for (int row = 0; row < rows; row++) {
        gather(row);
        kernel.multiply(
            positions,
            to.stride,
            windowSize,
            windows,
            0,
            windowSize,
            1,
            parameters,
            weights.offset(),
            to.stride,
            1,
            parameters,
            bias.offset(),
            0,
            activator.sums,
            row * to.rowStride(),
            to.stride,
            activator.rectifies());
      }
      activator.finish(rows * to.rowStride());
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      if (into == null) {
        activator.gradient(rows * positions, unusedSums, 0);
      } else {
        activator.gradient(rows * positions, into, bias.offset());
        for (int row = 0; row < rows; row++) {
          gather(row);
          kernel.multiply(
              windowSize,
              to.stride,
              positions,
              windows,
              0,
              1,
              windowSize,
              to.gradients(),
              row * to.rowStride(),
              to.stride,
              1,
              into,
              weights.offset(),
              to.stride,
              into,
              weights.offset(),
              to.stride,
              false);
        }
      }
      if (from.hasGradients()) {
        inputGradients(parameters, rows);
      }
    }

    private void inputGradients(float[] parameters, int rows) {
      kernel.transpose(
          windowSize,
          spec.filters(),
          parameters,
          weights.offset(),
          to.stride,
          transposed,
          0,
          windowStride);
      Arrays.fill(from.gradients(), 0, rows * from.gradientRowStride(), 0f);
      for (int row = 0; row < rows; row++) {
        kernel.multiply(
            positions,
            windowStride,
            spec.filters(),
            to.gradients(),
            row * to.rowStride(),
            to.stride,
            1,
            transposed,
            0,
            windowStride,
            1,
            zeros,
            0,
            0,
            windowGradients,
            0,
            windowStride,
            false);
        scatter(row);
      }
    }

    /** Copies every window of an image to its row of {@link #windows}. */
    private void gather(int row) {
      int image = row * from.rowStride();
      int line = spec.kernel() * in.channels();
      int at = 0;
      for (int oy = 0; oy < output.height(); oy++) {
        for (int ox = 0; ox < output.width(); ox++) {
          int x = ox * spec.stride() - spec.padding();
          for (int ky = 0; ky < spec.kernel(); ky++) {
            int y = oy * spec.stride() - spec.padding() + ky;
            if (from.stride == in.channels() && inside(y, x) && inside(y, x + spec.kernel() - 1)) {
              int pixel = image + (y * in.width() + x) * from.stride;
              System.arraycopy(from.values, pixel, windows, at, line);
            } else {
              gatherPixels(image, y, x, at);
            }
            at += line;
          }
        }
      }
    }

    /** A line of a window that hangs over the edge, or lies among padding. */
    private void gatherPixels(int image, int y, int firstX, int firstAt) {
      int channels = in.channels();
      int at = firstAt;
      for (int x = firstX; x < firstX + spec.kernel(); x++) {
        if (inside(y, x)) {
          int pixel = image + (y * in.width() + x) * from.stride;
          System.arraycopy(from.values, pixel, windows, at, channels);
        } else {
          Arrays.fill(windows, at, at + channels, 0f);
        }
        at += channels;
      }
    }

    /** Adds every window's gradients to the pixels they came from. */
    private void scatter(int row) {
      int channels = in.channels();
      int image = row * from.gradientRowStride();
      int window = 0;
      for (int oy = 0; oy < output.height(); oy++) {
        for (int ox = 0; ox < output.width(); ox++) {
          int at = window;
          for (int ky = 0; ky < spec.kernel(); ky++) {
            int y = oy * spec.stride() - spec.padding() + ky;
            for (int kx = 0; kx < spec.kernel(); kx++) {
              int x = ox * spec.stride() - spec.padding() + kx;
              if (inside(y, x)) {
                addPixel(image + (y * in.width() + x) * from.gradientStride, at);
              }
              at += channels;
            }
          }
          window += windowStride;
        }
      }
    }

    private void addPixel(int pixel, int at) {
      float[] gradients = from.gradients();
      for (int c = 0; c < in.channels(); c++) {
        gradients[pixel + c] += windowGradients[at + c];
      }
    }

    private boolean inside(int y, int x) {
      return y >= 0 && y < in.height() && x >= 0 && x < in.width();
    }
  }
}
