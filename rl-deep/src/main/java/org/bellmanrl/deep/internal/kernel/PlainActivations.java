package org.bellmanrl.deep.internal.kernel;

/** Activation functions in plain Java. */
final class PlainActivations implements Activations {
  @Override
  public void leakyRectifier(int length, float[] x) {
    for (int i = 0; i < length; i++) {
      x[i] = x[i] > 0f ? x[i] : LEAK * x[i];
    }
  }

  @Override
  public void tanh(int length, float[] x) {
    for (int i = 0; i < length; i++) {
      x[i] = Transcendental.tanh(x[i]);
    }
  }

  @Override
  public void silu(int length, float[] z, float[] y) {
    for (int i = 0; i < length; i++) {
      y[i] = z[i] * Transcendental.logistic(z[i]);
    }
  }

  @Override
  public void power(int length, float[] x, float exponent) {
    for (int i = 0; i < length; i++) {
      x[i] = Powers.of(x[i], exponent);
    }
  }

  @Override
  public void sumColumns(int rows, int columns, float[] dy, float[] sums, int at) {
    for (int r = 0; r < rows; r++) {
      for (int n = 0; n < columns; n++) {
        sums[at + n] += dy[r * columns + n];
      }
    }
  }

  @Override
  public void rectifierGradient(
      int rows, int columns, float[] y, float[] dy, float[] sums, int at) {
    for (int i = 0; i < rows * columns; i++) {
      dy[i] = y[i] > 0f ? dy[i] : 0f;
    }
    sumColumns(rows, columns, dy, sums, at);
  }

  @Override
  public void leakyRectifierGradient(
      int rows, int columns, float[] y, float[] dy, float[] sums, int at) {
    for (int i = 0; i < rows * columns; i++) {
      dy[i] = y[i] > 0f ? dy[i] : LEAK * dy[i];
    }
    sumColumns(rows, columns, dy, sums, at);
  }

  @Override
  public void tanhGradient(int rows, int columns, float[] y, float[] dy, float[] sums, int at) {
    for (int i = 0; i < rows * columns; i++) {
      dy[i] = dy[i] * Math.fma(-y[i], y[i], 1f);
    }
    sumColumns(rows, columns, dy, sums, at);
  }

  @Override
  public void siluGradient(int rows, int columns, float[] z, float[] dy, float[] sums, int at) {
    for (int i = 0; i < rows * columns; i++) {
      float sigma = Transcendental.logistic(z[i]);
      dy[i] = dy[i] * (sigma * Math.fma(z[i], 1f - sigma, 1f));
    }
    sumColumns(rows, columns, dy, sums, at);
  }
}
