package org.bellmanrl.env.mujoco;

/**
 * Sums in the order in which NumPy adds, so that rewards are the same to the bit: one after the
 * other below 8 numbers, in 8 interleaved sums up to 128, in halves above.
 */
final class NumPy {
  private static final int LANES = 8;
  private static final int BLOCK = 128;

  private NumPy() {}

  /** {@code np.sum} of the first {@code n} doubles. */
  static double sum(double[] values, int n) {
    return sum(values, 0, n);
  }

  /** {@code np.sum} of the first {@code n} floats. */
  static float sum(float[] values, int n) {
    return sum(values, 0, n);
  }

  private static double sum(double[] a, int from, int n) {
    if (n > BLOCK) {
      int half = n / 2 - n / 2 % LANES;
      return sum(a, from, half) + sum(a, from + half, n - half);
    }
    double sum = 0;
    int i = 0;
    if (n >= LANES) {
      double s0 = a[from];
      double s1 = a[from + 1];
      double s2 = a[from + 2];
      double s3 = a[from + 3];
      double s4 = a[from + 4];
      double s5 = a[from + 5];
      double s6 = a[from + 6];
      double s7 = a[from + 7];
      for (i = LANES; i + LANES <= n; i += LANES) {
        s0 += a[from + i];
        s1 += a[from + i + 1];
        s2 += a[from + i + 2];
        s3 += a[from + i + 3];
        s4 += a[from + i + 4];
        s5 += a[from + i + 5];
        s6 += a[from + i + 6];
        s7 += a[from + i + 7];
      }
      sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
    for (; i < n; i++) {
      sum += a[from + i];
    }
    return sum;
  }

  private static float sum(float[] a, int from, int n) {
    if (n > BLOCK) {
      int half = n / 2 - n / 2 % LANES;
      return sum(a, from, half) + sum(a, from + half, n - half);
    }
    float sum = 0;
    int i = 0;
    if (n >= LANES) {
      float s0 = a[from];
      float s1 = a[from + 1];
      float s2 = a[from + 2];
      float s3 = a[from + 3];
      float s4 = a[from + 4];
      float s5 = a[from + 5];
      float s6 = a[from + 6];
      float s7 = a[from + 7];
      for (i = LANES; i + LANES <= n; i += LANES) {
        s0 += a[from + i];
        s1 += a[from + i + 1];
        s2 += a[from + i + 2];
        s3 += a[from + i + 3];
        s4 += a[from + i + 4];
        s5 += a[from + i + 5];
        s6 += a[from + i + 6];
        s7 += a[from + i + 7];
      }
      sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
    for (; i < n; i++) {
      sum += a[from + i];
    }
    return sum;
  }
}
