package org.bellmanrl.deep.network;

import org.bellmanrl.deep.internal.kernel.Kernel;

/** The three matrix products of a dense layer, bound to its buffers. */
final class DenseProduct {
  /** So few inputs or outputs fill no vector: then sums over the other side do. */
  private static final int NARROW = 8;

  private final Kernel kernel;
  private final Signal in;
  private final Signal out;
  private final int inputs;
  private final int units;

  /** Whether there are few outputs of many inputs. */
  private final boolean narrowOut;

  /** Whether there are few inputs of many outputs. */
  private final boolean narrowIn;

  /** units × stride of the inputs: weights, and then their gradients, if narrow. */
  private final float[] columns;

  /** units × gradientStride of the inputs: weights with the padding that they lack, if there is. */
  private final float[] transposed;

  /** Where sums start from; never written. */
  private final float[] zeros;

  DenseProduct(Kernel kernel, Signal in, Signal out) {
    this.kernel = kernel;
    this.in = in;
    this.out = out;
    this.inputs = in.extent.channels();
    this.units = out.extent.channels();
    this.narrowOut = narrow(in, out);
    this.narrowIn = inputs <= NARROW && out.stride % Kernel.WIDTH == 0;
    this.columns = new float[narrowOut ? units * in.stride : 0];
    boolean pads = in.hasGradients() && !narrowIn && in.gradientStride != inputs;
    this.transposed = new float[pads ? units * in.gradientStride : 0];
    this.zeros = new float[Math.max(in.stride, in.gradientStride)];
  }

  /** Returns whether there are so few outputs of many inputs that these fill the vectors. */
  static boolean narrow(Signal in, Signal out) {
    return out.extent.channels() <= NARROW && in.stride % Kernel.WIDTH == 0;
  }

  void forward(
      float[] weights, int weightsAt, float[] bias, int biasAt, Activator activator, int rows) {
    if (narrowOut) {
      kernel.rows().transpose(inputs, units, weights, weightsAt, out.stride, columns, 0, in.stride);
      kernel
          .products()
          .multiplyNarrow(
              rows,
              units,
              in.stride,
              in.values,
              in.stride,
              columns,
              0,
              bias,
              biasAt,
              activator.sums,
              out.stride,
              activator.rectifies());
    } else {
      kernel
          .products()
          .multiply(
              rows,
              out.stride,
              inputs,
              in.values,
              0,
              in.stride,
              1,
              weights,
              weightsAt,
              out.stride,
              1,
              bias,
              biasAt,
              0,
              activator.sums,
              0,
              out.stride,
              activator.rectifies());
    }
    activator.finish(rows * out.stride);
  }

  /** Adds Xᵀ·dY to {@code into}. */
  void weightGradients(float[] into, int at, int rows) {
    if (narrowOut) {
      // dYᵀ·X, whose rows are long: the sums so far become rows, and columns again.
      kernel.rows().transpose(inputs, units, into, at, out.stride, columns, 0, in.stride);
      kernel
          .products()
          .multiply(
              units,
              in.stride,
              rows,
              out.gradients(),
              0,
              1,
              out.stride,
              in.values,
              0,
              in.stride,
              1,
              columns,
              0,
              in.stride,
              columns,
              0,
              in.stride,
              false);
      kernel.rows().transpose(units, inputs, columns, 0, in.stride, into, at, out.stride);
    } else {
      kernel
          .products()
          .multiply(
              inputs,
              out.stride,
              rows,
              in.values,
              0,
              1,
              in.stride,
              out.gradients(),
              0,
              out.stride,
              1,
              into,
              at,
              out.stride,
              into,
              at,
              out.stride,
              false);
    }
  }

  /** Computes dX = dY·Wᵀ if the incoming signal has gradients. */
  void inputGradients(float[] weights, int at, int rows) {
    if (!in.hasGradients()) {
      return;
    }
    float[] gradients = in.gradients();
    if (narrowIn) {
      kernel
          .products()
          .multiplyNarrow(
              rows,
              inputs,
              out.stride,
              out.gradients(),
              out.stride,
              weights,
              at,
              zeros,
              0,
              gradients,
              in.gradientStride,
              false);
      return;
    }
    boolean pads = transposed.length > 0;
    if (pads) {
      kernel
          .rows()
          .transpose(inputs, units, weights, at, out.stride, transposed, 0, in.gradientStride);
    }
    kernel
        .products()
        .multiply(
            rows,
            in.gradientStride,
            units,
            out.gradients(),
            0,
            out.stride,
            1,
            pads ? transposed : weights,
            pads ? 0 : at,
            pads ? in.gradientStride : 1,
            pads ? 1 : out.stride,
            zeros,
            0,
            0,
            gradients,
            0,
            in.gradientStride,
            false);
  }
}
