package org.bellmanrl.deep.dqn;

import org.bellmanrl.api.Metrics;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.api.state.Stateful;

/** Means over the updates since the last report. */
final class UpdateMeans implements Stateful {
  private long batches;
  private double loss;
  private double value;
  private double gradientNorm;

  void add(double batchLoss, double meanValue, double norm) {
    batches++;
    loss += batchLoss;
    value += meanValue;
    gradientNorm += norm;
  }

  /** Tells the means, if there was an update, and begins anew; whether there was one. */
  boolean report(Metrics metrics) {
    if (batches == 0) {
      return false;
    }
    metrics.scalar("loss", loss / batches);
    metrics.scalar("mean_value", value / batches);
    metrics.scalar("gradient_norm", gradientNorm / batches);
    batches = 0;
    loss = 0;
    value = 0;
    gradientNorm = 0;
    return true;
  }

  @Override
  public void save(StateWriter out) {
    out.begin("update-means", 1);
    out.write("batches", batches);
    out.write("loss", loss);
    out.write("value", value);
    out.write("gradient_norm", gradientNorm);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("update-means", 1);
    batches = in.readLong("batches");
    loss = in.readDouble("loss");
    value = in.readDouble("value");
    gradientNorm = in.readDouble("gradient_norm");
    in.end();
  }
}
