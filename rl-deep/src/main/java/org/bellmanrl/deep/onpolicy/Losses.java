package org.bellmanrl.deep.onpolicy;

/** Losses over the first n numbers of a batch, and their derivatives. */
final class Losses {
  private static final double LEAST_DEVIATION = 1e-8;

  private Losses() {}

  /** Gives numbers the mean 0 and the (unbiased) standard deviation 1. */
  static void normalise(int n, double[] x) {
    double mean = mean(n, x);
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += (x[i] - mean) * (x[i] - mean);
    }
    double scale = 1 / (Math.sqrt(squares / (n - 1)) + LEAST_DEVIATION);
    for (int i = 0; i < n; i++) {
      x[i] = (x[i] - mean) * scale;
    }
  }

  static double mean(int n, double[] x) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i];
    }
    return sum / n;
  }

  /**
   * −mean(ln π(A|S) Â).
   *
   * @param gradient takes the derivative with respect to each ln π(A|S)
   */
  static double policyGradient(
      int n, double[] logProbability, double[] advantage, double[] gradient) {
    double loss = 0;
    for (int i = 0; i < n; i++) {
      loss -= logProbability[i] * advantage[i] / n;
      gradient[i] = -advantage[i] / n;
    }
    return loss;
  }

  /**
   * mean((v − G)²).
   *
   * @param weight of the loss, for the gradient alone
   * @param gradient takes the derivative of weight · loss with respect to each v
   */
  static double squaredError(
      int n, double[] value, double[] target, double weight, double[] gradient) {
    double loss = 0;
    for (int i = 0; i < n; i++) {
      double error = value[i] - target[i];
      loss += error * error / n;
      gradient[i] = weight * 2 * error / n;
    }
    return loss;
  }
}
