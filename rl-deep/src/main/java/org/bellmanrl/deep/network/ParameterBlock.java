package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;

/**
 * Where a matrix or vector of parameters lies in a network's flat vector: element (row, column) at
 * {@code offset + row · stride + column}. What lies between the rows is padding, always zero.
 *
 * @param layer index of the layer it belongs to
 * @param name what it is within the layer: {@code weights}, {@code bias}
 * @param offset index of the first element
 * @param rows number of rows (inputs), 1 for a vector
 * @param columns number of columns (outputs)
 * @param stride distance from row to row, at least {@code columns}
 */
public record ParameterBlock(
    int layer, String name, int offset, int rows, int columns, int stride) {
  /** Index of an element in the flat vector; not checked. */
  public int index(int row, int column) {
    return offset + row * stride + column;
  }

  /** Returns whether these are weights, rather than biases or parameters of normalisation. */
  public boolean ofWeights() {
    return name.contains("weights");
  }

  /** Number of parameters, without padding. */
  public int size() {
    return rows * columns;
  }

  void fillUniform(float[] parameters, double bound, RandomStream random) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        parameters[index(row, column)] = (float) random.uniform(-bound, bound);
      }
    }
  }

  void fill(float[] parameters, float value) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        parameters[index(row, column)] = value;
      }
    }
  }
}
