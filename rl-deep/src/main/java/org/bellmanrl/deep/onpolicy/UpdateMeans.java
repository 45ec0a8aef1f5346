package org.bellmanrl.deep.onpolicy;

import org.bellmanrl.api.Metrics;

/** Means over the updates since the last report; nothing that learning depends on. */
final class UpdateMeans {
  private long batches;
  private double policyLoss;
  private double valueLoss;
  private double entropy;
  private double gradientNorm;

  void add(double policy, double value, double meanEntropy, double norm) {
    batches++;
    policyLoss += policy;
    valueLoss += value;
    entropy += meanEntropy;
    gradientNorm += norm;
  }

  /** Tells the means, if there was an update, and begins anew; whether there was one. */
  boolean report(Metrics metrics) {
    if (batches == 0) {
      return false;
    }
    metrics.scalar("policy_loss", policyLoss / batches);
    metrics.scalar("value_loss", valueLoss / batches);
    metrics.scalar("entropy", entropy / batches);
    metrics.scalar("gradient_norm", gradientNorm / batches);
    batches = 0;
    policyLoss = 0;
    valueLoss = 0;
    entropy = 0;
    gradientNorm = 0;
    return true;
  }
}
