package org.bellmanrl.env.wrapper;

import java.util.Arrays;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Mean and variance of vectors seen so far, in batches.
 *
 * <p>A batch's own moments are merged into those so far (T. Chan, G. Golub and R. LeVeque,
 * "Updating Formulae and a Pairwise Algorithm for Computing Sample Variances", 1979). Begins, as in
 * Gymnasium 1.3.0, with mean 0 and variance 1 seen 0.0001 times. All in double precision, where
 * Gymnasium uses that of the observations.
 */
final class RunningMoments implements Stateful {
  private static final double FIRST_COUNT = 1e-4;

  final double[] mean;
  final double[] variance;
  private double count = FIRST_COUNT;

  RunningMoments(int width) {
    this.mean = new double[width];
    this.variance = new double[width];
    Arrays.fill(variance, 1);
  }

  RunningMoments(RunningMoments original) {
    this.mean = original.mean.clone();
    this.variance = original.variance.clone();
    this.count = original.count;
  }

  /**
   * Takes in a batch.
   *
   * @param batchMean its mean, per element
   * @param squares sum of squared deviations from that mean, per element
   * @param batch how many vectors it has
   */
  void update(double[] batchMean, double[] squares, int batch) {
    double total = count + batch;
    for (int i = 0; i < mean.length; i++) {
      double delta = batchMean[i] - mean[i];
      mean[i] += delta * batch / total;
      double sum = variance[i] * count + squares[i] + delta * delta * count * batch / total;
      variance[i] = sum / total;
    }
    count = total;
  }

  @Override
  public void carry(State state) {
    state.begin("running-moments", 1);
    state.carry("mean", mean);
    state.carry("variance", variance);
    count = state.carry("count", count);
    state.end();
  }
}
