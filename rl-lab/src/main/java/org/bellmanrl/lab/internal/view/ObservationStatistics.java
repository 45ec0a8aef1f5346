package org.bellmanrl.lab.internal.view;

import java.util.Arrays;

/**
 * The real numbers of observations: the latest, and of each the mean, the least and the greatest.
 * Not thread-safe.
 */
public final class ObservationStatistics {
  private final float[] latest;
  private final float[] least;
  private final float[] greatest;
  private final double[] sum;
  private long count;

  /** Nothing is seen yet of observations of so many numbers. */
  public ObservationStatistics(int floats) {
    this.latest = new float[floats];
    this.least = new float[floats];
    this.greatest = new float[floats];
    this.sum = new double[floats];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
  }

  private ObservationStatistics(ObservationStatistics other) {
    this.latest = other.latest.clone();
    this.least = other.least.clone();
    this.greatest = other.greatest.clone();
    this.sum = other.sum.clone();
    this.count = other.count;
  }

  /** Takes an observation, the first of some. */
  public void take(float[] observed) {
    System.arraycopy(observed, 0, latest, 0, latest.length);
    for (int i = 0; i < latest.length; i++) {
      least[i] = Math.min(least[i], observed[i]);
      greatest[i] = Math.max(greatest[i], observed[i]);
      sum[i] += observed[i];
    }
    count++;
  }

  /** Whether there was an observation. */
  public boolean any() {
    return count > 0;
  }

  /** The latest observation: a copy. */
  public float[] latest() {
    return latest.clone();
  }

  /** The mean of each number. */
  public float[] means() {
    float[] means = new float[sum.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sum[i] / count);
    }
    return means;
  }

  float least(int i) {
    return least[i];
  }

  float greatest(int i) {
    return greatest[i];
  }

  /** What is seen so far. */
  public ObservationStatistics copy() {
    return new ObservationStatistics(this);
  }
}
