package org.bellmanrl.deep.network;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.parallel.ParallelParts;
import org.jspecify.annotations.Nullable;

/**
 * {@link Convolution2d} in its place, as a matrix product: the windows of all images one after the
 * other (output positions × window elements) times the filters. As many windows are gathered at a
 * time as fit into the cache.
 */
final class ConvolutionLayer extends Layer {
  private final Convolution2d spec;
  private final Extent image;

  /** Numbers in a window, ordered by row, column, channel. */
  private final int windowSize;

  private final ParameterBlock weights;
  private final ParameterBlock bias;

  ConvolutionLayer(Convolution2d spec, Extent in, Blocks blocks) {
    super(
        new Extent(
            outputExtent(spec, in, in.height()),
            outputExtent(spec, in, in.width()),
            spec.filters()));
    this.spec = spec;
    this.image = in;
    this.windowSize =
        Math.multiplyExact(Math.multiplyExact(spec.kernel(), spec.kernel()), in.channels());
    this.weights = blocks.block("weights", windowSize, spec.filters());
    this.bias = blocks.block("bias", 1, spec.filters());
  }

  private static int outputExtent(Convolution2d spec, Extent in, int extent) {
    int room = extent + 2 * spec.padding() - spec.kernel();
    if (room < 0) {
      throw new IllegalArgumentException(
          "kernel %d with padding %d does not fit an input of %s%s"
              .formatted(
                  spec.kernel(),
                  spec.padding(),
                  in,
                  in.isVector()
                      ? ": put convolutions first, with nothing but normalisations between them"
                      : ""));
    }
    return room / spec.stride() + 1;
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    int fanOut = spec.kernel() * spec.kernel() * spec.filters();
    Initialiser.draw(spec.initialisation(), parameters, weights, bias, windowSize, fanOut, random);
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(kernel, in, out, maxRows);
  }

  private final class Pass extends LayerPass {
    /** Numbers of windows that are gathered at a time: half of a usual second-level cache. */
    private static final int GATHERED = 65_536;

    /** Multiply-adds that may be worth a second thread: some thirty microseconds of them. */
    private static final long LEAST_WORK = 2_000_000;

    /** Windows and filters are divided where the blocks of products are. */
    private static final int BLOCK = 4;

    private final Kernel kernel;
    private final Activator activator;
    private final int positions = output().positions();
    private final int windowStride = Kernel.stride(windowSize);

    /** How many windows are gathered at a time, in the order of their images and positions. */
    private final int most;

    /** filters × windowStride: the weights, or their gradients. */
    private final float[] transposed;

    private final float[] zeros;
    private final float[] unusedSums;

    /** Of the pass that is under way. */
    private float[] parameters = {};

    /** Windows of the batch. */
    private int all;

    private final ParallelParts threads = new ParallelParts(LEAST_WORK);
    private final Part[] parts = new Part[ParallelParts.threads()];
    private final Runnable[] forward = new Runnable[parts.length];
    private final Runnable[] weightGradients = new Runnable[parts.length];
    private final Runnable[] inputGradients = new Runnable[parts.length];

    Pass(Kernel kernel, Signal in, Signal out, int maxRows) {
      super(in, out);
      this.kernel = kernel;
      this.activator = new Activator(kernel, spec.activation(), out);
      int room = Math.multiplyExact(maxRows, positions);
      int fractions = Math.ceilDiv(Math.min(room, positions), Math.max(1, GATHERED / windowStride));
      this.most =
          fractions > 1
              ? Math.ceilDiv(positions, fractions)
              : Math.min(room, Math.max(1, GATHERED / windowStride / positions) * positions);
      this.transposed = new float[out.hasGradients() ? spec.filters() * windowStride : 0];
      this.zeros = new float[windowStride];
      this.unusedSums = new float[out.stride];
      for (int i = 0; i < parts.length; i++) {
        Part part = new Part();
        parts[i] = part;
        forward[i] = part::forward;
        weightGradients[i] = part::weightGradients;
        inputGradients[i] = part::inputGradients;
      }
    }

    @Override
    void forward(float[] parameters, int rows) {
      begin(parameters, rows);
      divide(forward, all, BLOCK);
      activator.finish(rows * out.rowStride());
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      begin(parameters, rows);
      if (into == null) {
        activator.gradient(all, unusedSums, 0);
      } else {
        activator.gradient(all, into, bias.offset());
        weightGradients(into);
      }
      if (in.hasGradients()) {
        inputGradients(rows);
      }
    }

    private void begin(float[] parameters, int rows) {
      this.parameters = parameters;
      this.all = rows * positions;
    }

    /** Does what there is from 0 to {@code end}, in several threads where that is faster. */
    private void divide(Runnable[] of, int end, int unit) {
      long work = (long) all * windowSize * spec.filters();
      int count = threads.claim(work, Math.min(parts.length, end / unit));
      for (int i = 0; i < count; i++) {
        parts[i].from = (int) ((long) end * i / count) / unit * unit;
        parts[i].to = end;
        if (i > 0) {
          parts[i - 1].to = parts[i].from;
        }
      }
      if (count == 1) {
        of[0].run();
      } else {
        threads.run(of, work);
      }
    }

    /** Adds up the transpose, dYᵀ·windows: then the windows need not be transposed. */
    private void weightGradients(float[] into) {
      int at = weights.offset();
      int filters = spec.filters();
      kernel
          .rows()
          .transpose(windowSize, filters, into, at, out.stride, transposed, 0, windowStride);
      divide(weightGradients, filters, BLOCK);
      kernel
          .rows()
          .transpose(filters, windowSize, transposed, 0, windowStride, into, at, out.stride);
    }

    private void inputGradients(int rows) {
      kernel
          .rows()
          .transpose(
              windowSize,
              spec.filters(),
              parameters,
              weights.offset(),
              out.stride,
              transposed,
              0,
              windowStride);
      divide(inputGradients, rows, 1);
    }

    /** A part of the windows, of the filters, or of the images, for one of the threads. */
    private final class Part {
      int from;
      int to;

      /**
       * most × windowStride, when they are first wanted: gathered in a forward pass, and again on
       * the way back.
       */
      private float[] windows = {};

      private float[] windowGradients = {};

      /** Computes the sums of windows. */
      private void forward() {
        for (int first = from; first < to; first += most) {
          int count = Math.min(most, to - first);
          gather(first, count);
          kernel
              .products()
              .multiply(
                  count,
                  out.stride,
                  windowSize,
                  windows,
                  0,
                  windowStride,
                  1,
                  parameters,
                  weights.offset(),
                  out.stride,
                  1,
                  parameters,
                  bias.offset(),
                  0,
                  activator.sums,
                  first * out.stride,
                  out.stride,
                  activator.rectifies());
        }
      }

      /** Adds up the transposed gradients of filters. */
      private void weightGradients() {
        for (int first = 0; first < all; first += most) {
          int count = Math.min(most, all - first);
          gather(first, count);
          kernel
              .products()
              .multiply(
                  to - from,
                  windowStride,
                  count,
                  out.gradients(),
                  first * out.stride + from,
                  1,
                  out.stride,
                  windows,
                  0,
                  windowStride,
                  1,
                  transposed,
                  from * windowStride,
                  windowStride,
                  transposed,
                  from * windowStride,
                  windowStride,
                  false);
        }
      }

      /** Computes the gradients of images. */
      private void inputGradients() {
        windowGradients = room(windowGradients);
        Arrays.fill(in.gradients(), from * in.gradientRowStride(), to * in.gradientRowStride(), 0f);
        int end = to * positions;
        for (int first = from * positions; first < end; first += most) {
          int count = Math.min(most, end - first);
          kernel
              .products()
              .multiply(
                  count,
                  windowStride,
                  spec.filters(),
                  out.gradients(),
                  first * out.stride,
                  out.stride,
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
          scatter(first, count);
        }
      }

      private float[] room(float[] before) {
        return before.length > 0 ? before : new float[Math.multiplyExact(most, windowStride)];
      }

      /** Copies windows to the rows of {@link #windows}. */
      private void gather(int first, int count) {
        windows = room(windows);
        int side = spec.kernel();
        int line = side * image.channels();
        for (int i = 0; i < count; i++) {
          int imageAt = (first + i) / positions * in.rowStride();
          int position = (first + i) % positions;
          int y = position / output().width() * spec.stride() - spec.padding();
          int x = position % output().width() * spec.stride() - spec.padding();
          int at = i * windowStride;
          if (in.stride == image.channels() && inside(y, x) && inside(y + side - 1, x + side - 1)) {
            int pixel = imageAt + (y * image.width() + x) * in.stride;
            kernel
                .rows()
                .copyRows(
                    side, line, in.values, pixel, image.width() * in.stride, windows, at, line);
          } else {
            gatherPixels(imageAt, y, x, at);
          }
        }
      }

      /** A window that hangs over the edge, or lies among padding. */
      private void gatherPixels(int imageAt, int firstY, int firstX, int firstAt) {
        int channels = image.channels();
        int at = firstAt;
        for (int y = firstY; y < firstY + spec.kernel(); y++) {
          for (int x = firstX; x < firstX + spec.kernel(); x++) {
            if (inside(y, x)) {
              int pixel = imageAt + (y * image.width() + x) * in.stride;
              System.arraycopy(in.values, pixel, windows, at, channels);
            } else {
              Arrays.fill(windows, at, at + channels, 0f);
            }
            at += channels;
          }
        }
      }

      /** Adds the gradients of windows to the pixels that they came from, in order. */
      private void scatter(int first, int count) {
        int side = spec.kernel();
        int channels = image.channels();
        int stride = in.gradientStride;
        for (int i = 0; i < count; i++) {
          int imageAt = (first + i) / positions * in.gradientRowStride();
          int position = (first + i) % positions;
          int firstY = position / output().width() * spec.stride() - spec.padding();
          int firstX = position % output().width() * spec.stride() - spec.padding();
          // The part of the window that lies inside of the image.
          int top = Math.max(0, firstY);
          int left = Math.max(0, firstX);
          int lines = Math.min(image.height(), firstY + side) - top;
          int pixels = Math.min(image.width(), firstX + side) - left;
          int at = i * windowStride + ((top - firstY) * side + left - firstX) * channels;
          int pixel = imageAt + (top * image.width() + left) * stride;
          if (stride == channels) {
            kernel
                .rows()
                .addRows(
                    lines,
                    pixels * channels,
                    windowGradients,
                    at,
                    side * channels,
                    in.gradients(),
                    pixel,
                    image.width() * stride);
            continue;
          }
          for (int line = 0; line < lines; line++) {
            kernel
                .rows()
                .addRows(
                    pixels, channels, windowGradients, at, channels, in.gradients(), pixel, stride);
            at += side * channels;
            pixel += image.width() * stride;
          }
        }
      }
    }

    private boolean inside(int y, int x) {
      return y >= 0 && y < image.height() && x >= 0 && x < image.width();
    }
  }
}
