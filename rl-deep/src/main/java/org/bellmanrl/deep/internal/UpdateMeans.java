package org.bellmanrl.deep.internal;

import org.bellmanrl.api.Learner.Metrics;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Means over the updates since the last report, under names. Learning doesn't depend on them, but
 * the metrics of a run that goes on from a checkpoint do.
 */
public final class UpdateMeans implements Stateful {
  private final String[] names;
  private final double[] sums;
  private long updates;

  /** Means under these names. */
  public UpdateMeans(String... names) {
    this.names = names.clone();
    this.sums = new double[names.length];
  }

  /** Takes two numbers of an update. */
  public void add(double first, double second) {
    updates++;
    sums[0] += first;
    sums[1] += second;
  }

  /** Takes three numbers of an update. */
  public void add(double first, double second, double third) {
    add(first, second);
    sums[2] += third;
  }

  /** Takes four numbers of an update. */
  public void add(double first, double second, double third, double fourth) {
    add(first, second, third);
    sums[3] += fourth;
  }

  /** Reports the means and resets them, if there was an update; returns whether there was one. */
  public boolean report(Metrics metrics) {
    if (updates == 0) {
      return false;
    }
    for (int i = 0; i < names.length; i++) {
      metrics.scalar(names[i], sums[i] / updates);
      sums[i] = 0;
    }
    updates = 0;
    return true;
  }

  @Override
  public void carry(State state) {
    state.begin("update-means", 1);
    updates = state.carry("updates", updates);
    state.carry("sums", sums);
    state.end();
  }
}
