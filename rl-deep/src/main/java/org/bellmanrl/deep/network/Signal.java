package org.bellmanrl.deep.network;

import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * What flows between two layers for a batch: values forwards and, where asked, gradients backwards.
 * A row holds {@code extent.positions()} pixels of {@code stride} numbers, of which the first
 * {@code extent.channels()} count and the others are zero.
 */
final class Signal {
  final Extent extent;
  final int stride;
  final int gradientStride;
  final float[] values;
  private final float @Nullable [] gradients;

  private Signal(
      Extent extent, int stride, int gradientStride, float[] values, float @Nullable [] gradients) {
    this.extent = extent;
    this.stride = stride;
    this.gradientStride = gradientStride;
    this.values = values;
    this.gradients = gradients;
  }

  /** Between layers: values and gradients are padded alike. */
  static Signal padded(Extent extent, int rows, boolean withGradients) {
    int stride = Kernel.stride(extent.channels());
    int size = Math.multiplyExact(rows, extent.positions() * stride);
    return new Signal(
        extent, stride, stride, new float[size], withGradients ? new float[size] : null);
  }

  /** At the entry: values without padding, so that a caller can copy whole batches. */
  static Signal input(Extent extent, int rows, boolean withGradients) {
    int gradientStride = Kernel.stride(extent.channels());
    return new Signal(
        extent,
        extent.channels(),
        gradientStride,
        new float[Math.multiplyExact(rows, extent.size())],
        withGradients
            ? new float[Math.multiplyExact(rows, extent.positions() * gradientStride)]
            : null);
  }

  /** The same values for another reader, whose gradients are apart where this has gradients. */
  Signal branch() {
    return new Signal(
        extent,
        stride,
        gradientStride,
        values,
        gradients == null ? null : new float[gradients.length]);
  }

  /** Numbers from row to row of the values. */
  int rowStride() {
    return extent.positions() * stride;
  }

  /** Numbers from row to row of the gradients. */
  int gradientRowStride() {
    return extent.positions() * gradientStride;
  }

  boolean hasGradients() {
    return gradients != null;
  }

  float[] gradients() {
    if (gradients == null) {
      throw new IllegalStateException("this workspace was made without gradients here");
    }
    return gradients;
  }
}
