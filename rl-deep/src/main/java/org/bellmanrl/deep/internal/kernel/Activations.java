package org.bellmanrl.deep.internal.kernel;

/** Activation functions and their gradients, and other functions of single numbers. */
public interface Activations {
  /** The slope of a leaky rectifier below 0. */
  float LEAK = 0.01f;

  /** x = x > 0 ? x : 0.01 x for the first {@code length} numbers, a multiple of 4. */
  void leakyRectifier(int length, float[] x);

  /** x = tanh(x) for the first {@code length} numbers, a multiple of 4. */
  void tanh(int length, float[] x);

  /** y = z · sigmoid(z) for the first {@code length} numbers, a multiple of 4. */
  void silu(int length, float[] z, float[] y);

  /**
   * x = x^exponent for the first {@code length} numbers, which must be positive and normal. The
   * relative error is below 10⁻⁵ for results between 10⁻¹⁹ and 10¹⁹, the range that they are
   * limited to.
   *
   * @param exponent in [−1, 1]
   */
  void power(int length, float[] x, float exponent);

  /** Adds each column of dy to its element of {@code sums}, row after row. */
  void sumColumns(int rows, int columns, float[] dy, float[] sums, int at);

  /** dy = y > 0 ? dy : 0, then {@link #sumColumns}. */
  void rectifierGradient(int rows, int columns, float[] y, float[] dy, float[] sums, int at);

  /** dy = y > 0 ? dy : 0.01 dy, then {@link #sumColumns}. */
  void leakyRectifierGradient(int rows, int columns, float[] y, float[] dy, float[] sums, int at);

  /** dy = dy · (1 − y²), then {@link #sumColumns}. */
  void tanhGradient(int rows, int columns, float[] y, float[] dy, float[] sums, int at);

  /** dy = dy · σ(z) · (1 + z · (1 − σ(z))), then {@link #sumColumns}. */
  void siluGradient(int rows, int columns, float[] z, float[] dy, float[] sums, int at);
}
