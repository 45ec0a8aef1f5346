package org.bellmanrl.deep.network;

import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * The products of a dense layer for inputs that are mostly zero, such as one-hot numbers or binary
 * planes: those that are not zero are listed, and the others passed over.
 *
 * <p>What the product over all inputs adds for an input of zero changes no finite sum, so results
 * are the same to the last bit. Not thread-safe.
 */
final class SparseRows {
  /** For fewer inputs no list pays. */
  private static final int LEAST_INPUTS = 64;

  /** Of so many inputs one may differ from zero. */
  private static final int PART = 8;

  /** After a batch that was not sparse, so many are not looked at. */
  private static final int PAUSE = 100;

  private final Kernel kernel;
  private final Signal in;
  private final Signal out;
  private final int inputs;

  /** The inputs that are not zero, row after row. */
  private final int[] listed;

  /** Per row: where its list ends. */
  private final int[] ends;

  private int pause;

  private SparseRows(Kernel kernel, Signal in, Signal out) {
    this.kernel = kernel;
    this.in = in;
    this.out = out;
    this.inputs = in.extent.channels();
    this.ends = new int[in.values.length / in.stride];
    this.listed = new int[ends.length * (inputs / PART)];
  }

  /** Null where inputs are few, or outputs so few that their sums have another order. */
  static @Nullable SparseRows of(Kernel kernel, Signal in, Signal out) {
    boolean pays = in.extent.channels() >= LEAST_INPUTS && !DenseProduct.narrow(in, out);
    return pays ? new SparseRows(kernel, in, out) : null;
  }

  /** Lists the inputs of a batch that are not zero; false if there are too many of them. */
  boolean list(int rows) {
    if (pause > 0) {
      pause--;
      return false;
    }
    int count = 0;
    for (int row = 0; row < rows; row++) {
      int most = (row + 1) * (inputs / PART);
      int from = row * in.stride;
      for (int k = 0; k < inputs; k++) {
        if (in.values[from + k] != 0f) {
          if (count == most) {
            pause = PAUSE;
            return false;
          }
          listed[count++] = k;
        }
      }
      ends[row] = count;
    }
    return true;
  }

  /** Computes the sums of the rows that were listed, and what their activation makes of them. */
  void forward(float[] parameters, int weightsAt, int biasAt, Activator activator, int rows) {
    float[] sums = activator.sums;
    int at = 0;
    for (int row = 0; row < rows; row++) {
      int to = row * out.stride;
      for (int n = 0; n < out.stride; n++) {
        sums[to + n] = parameters[biasAt + n] + 0f; // a sum with products of zero is never −0
      }
      for (; at < ends[row]; at++) {
        int k = listed[at];
        int from = weightsAt + k * out.stride;
        kernel.addScaled(input(row, k), out.stride, parameters, from, sums, to);
      }
    }
    int length = rows * out.stride;
    for (int n = 0; activator.rectifies() && n < length; n++) {
      sums[n] = Kernel.rectified(sums[n]);
    }
    activator.finish(length);
  }

  /** Adds Xᵀ·dY to {@code into} for the rows that were listed. */
  void weightGradients(float[] into, int weightsAt, int rows) {
    int at = 0;
    for (int row = 0; row < rows; row++) {
      for (; at < ends[row]; at++) {
        int k = listed[at];
        int to = weightsAt + k * out.stride;
        kernel.addScaled(input(row, k), out.stride, out.gradients(), row * out.stride, into, to);
      }
    }
  }

  private float input(int row, int k) {
    return in.values[row * in.stride + k];
  }
}
