package org.bellmanrl.deep.continuous;

import java.util.Arrays;

/**
 * The loss of critics whose outputs θ_i are quantiles of the return at τ_i = (i + ½) / M, towards
 * the atoms y_j of a truncated mixture: those of all critics together, without the largest.
 *
 * <pre>
 * loss = mean of Σ_ij |τ_i − 1{u_ij &lt; 0}| huber(u_ij) / (M · number of atoms),   u_ij = y_j − θ_i
 * </pre>
 *
 * <p>Source: Kuznetsov et al., <i>Controlling Overestimation Bias with Truncated Mixture of
 * Continuous Distributional Quantile Critics</i>, 2020, equations 8 to 11.
 *
 * @param quantiles M, of each critic
 * @param dropped how many of the mixture's largest atoms are left out, for each critic
 */
record QuantileRegression(int quantiles, int dropped) implements CriticLoss {
  @Override
  public int outputs() {
    return quantiles;
  }

  @Override
  public int targets(int critics) {
    return critics * (quantiles - dropped);
  }

  @Override
  public void target(double[] outputs, int from, int count, double[] into, int at) {
    Arrays.sort(outputs, from, from + count);
    System.arraycopy(outputs, from, into, at, targets(count / quantiles));
  }

  @Override
  public double loss(
      int rows, float[] outputs, int stride, double[] targets, int each, float[] gradients) {
    double weight = 1.0 / ((double) rows * quantiles * each);
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < quantiles; i++) {
        double tau = (i + 0.5) / quantiles;
        int at = row * stride + i;
        double slope = 0;
        for (int j = row * each; j < (row + 1) * each; j++) {
          double u = targets[j] - outputs[at];
          // Targets are sorted, so that these branches are foreseen: faster than min and max.
          double clipped = u > 1 ? 1 : u < -1 ? -1 : u;
          double side = u < 0 ? 1 - tau : tau;
          loss += weight * side * clipped * (u - 0.5 * clipped);
          slope -= side * clipped;
        }
        gradients[at] = (float) (weight * slope);
      }
    }
    return loss;
  }
}
