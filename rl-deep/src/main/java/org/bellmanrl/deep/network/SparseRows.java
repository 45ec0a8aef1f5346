package org.bellmanrl.deep.network;

import java.util.Arrays;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.kernel.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The products of a dense layer for inputs that are mostly zero, such as one-hot numbers or binary
 * planes: those that are not zero are listed, and the others passed over.
 *
 * <p>What the product over all inputs adds for an input of zero changes no finite sum, so results
 * are the same to the last bit. The lists get their full length at the first batch that needs it,
 * which for inputs that are seldom zero is never. Not thread-safe.
 */
final class SparseRows {
  /** For fewer inputs no list pays. */
  private static final int LEAST_INPUTS = 64;

  /** The number of inputs of which one may differ from zero. */
  private static final int PART = 8;

  /** The number of batches that are not examined after one that was not sparse. */
  private static final int PAUSE = 100;

  private final Kernel kernel;
  private final Signal in;
  private final Signal out;
  private final int inputs;

  /** Per row: where its list ends. */
  private final int[] ends;

  /** The inputs that are not zero, row after row, and what they are: room for one row at first. */
  private int[] listed;

  private float[] factors;

  /** The same per input: where its list ends, the rows in which it is not zero, and what it is. */
  private int[] endsOfInputs = {};

  private int[] rowsOfInputs = {};
  private float[] factorsOfInputs = {};

  private int pause;

  /** Whether the last batch that was looked at was sparse. */
  private boolean expected;

  private SparseRows(Kernel kernel, Signal in, Signal out) {
    this.kernel = kernel;
    this.in = in;
    this.out = out;
    this.inputs = in.extent.channels();
    this.ends = new int[in.values.length / in.stride];
    this.listed = new int[inputs / PART];
    this.factors = new float[inputs / PART];
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
    int part = inputs / PART;
    // What is seldom called stays interpreted, where vectors are objects: so a first look does
    // without.
    if (!expected && Rows.listRest(0, inputs, in.values, 0, listed, factors, 0, 0, part) < 0) {
      pause = PAUSE;
      return false;
    }
    int count = 0;
    for (int row = 0; row < rows; row++) {
      int most = (row + 1) * part;
      if (most > listed.length) {
        listed = Arrays.copyOf(listed, ends.length * part);
        factors = Arrays.copyOf(factors, ends.length * part);
      }
      int more =
          kernel
              .rows()
              .listNonZero(
                  inputs, in.values, row * in.stride, listed, factors, count, most - count);
      if (more < 0) {
        pause = PAUSE;
        expected = false;
        return false;
      }
      count += more;
      ends[row] = count;
    }
    expected = true;
    return true;
  }

  /** Computes the sums of the rows that were listed, and what their activation makes of them. */
  void forward(float[] parameters, int weightsAt, int biasAt, Activator activator, int rows) {
    int columns = out.stride;
    float[] sums = activator.sums;
    kernel
        .products()
        .multiplyListed(
            rows,
            columns,
            ends,
            listed,
            factors,
            parameters,
            weightsAt,
            columns,
            parameters,
            biasAt,
            0,
            sums,
            0,
            columns);
    int length = rows * columns;
    for (int n = 0; activator.rectifies() && n < length; n++) {
      sums[n] = Kernel.rectified(sums[n]);
    }
    activator.finish(length);
  }

  /** Adds Xᵀ·dY to {@code into} for the rows that were listed. */
  void weightGradients(float[] into, int weightsAt, int rows) {
    listInputs(rows);
    int columns = out.stride;
    kernel
        .products()
        .multiplyListed(
            inputs,
            columns,
            endsOfInputs,
            rowsOfInputs,
            factorsOfInputs,
            out.gradients(),
            0,
            columns,
            into,
            weightsAt,
            columns,
            into,
            weightsAt,
            columns);
  }

  /** Sorts what is listed by inputs; those of an input stay in the order of rows. */
  private void listInputs(int rows) {
    int count = ends[rows - 1];
    if (rowsOfInputs.length < listed.length) {
      endsOfInputs = new int[inputs];
      rowsOfInputs = new int[listed.length];
      factorsOfInputs = new float[listed.length];
    }
    Arrays.fill(endsOfInputs, 0);
    for (int i = 0; i < count; i++) {
      endsOfInputs[listed[i]]++;
    }
    int start = 0;
    for (int k = 0; k < inputs; k++) {
      int length = endsOfInputs[k];
      endsOfInputs[k] = start; // moves to the end of the list while that is filled
      start += length;
    }
    int at = 0;
    for (int row = 0; row < rows; row++) {
      for (; at < ends[row]; at++) {
        int to = endsOfInputs[listed[at]]++;
        rowsOfInputs[to] = row;
        factorsOfInputs[to] = factors[at];
      }
    }
  }
}
