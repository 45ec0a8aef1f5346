package org.bellmanrl.deep.internal;

import org.bellmanrl.api.options.Require;

/**
 * Probabilities of returns z_i that are evenly spaced: their softmax, their mean, and the share
 * that a return gives to its neighbours (Bellemare, Dabney and Munos, 2017, algorithm 1). By the
 * same bits interpreted and compiled. Scratch space, not thread-safe.
 */
public final class Categories {
  /** The probabilities, after {@link #softmax}. */
  public final double[] probabilities;

  private final double low;
  private final double spacing;

  /**
   * Returns from {@code low} to {@code high}.
   *
   * @param atoms how many, at least 2
   */
  public Categories(int atoms, double low, double high) {
    this.probabilities = new double[atoms];
    this.low = low;
    this.spacing = (high - low) / (atoms - 1);
  }

  /**
   * Requires that options are a range of returns.
   *
   * @throws IllegalArgumentException if one is not finite, or {@code vMax} is not above {@code
   *     vMin}
   */
  public static void requireRange(double vMin, double vMax) {
    Require.finite("v_min", vMin);
    Require.finite("v_max", vMax);
    if (vMax <= vMin) {
      throw new IllegalArgumentException(
          "v_max must be above v_min, which was %s, was %s".formatted(vMin, vMax));
    }
  }

  /** Returns z_i. */
  public double atom(int i) {
    return low + i * spacing;
  }

  /** Fills the probabilities of the outputs from {@code at} on, and returns ln Σ exp of these. */
  public double softmax(float[] outputs, int at) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < probabilities.length; i++) {
      max = Math.max(max, outputs[at + i]);
    }
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = ExactMath.exp(outputs[at + i] - max);
      sum += probabilities[i];
    }
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] /= sum;
    }
    return max + ExactMath.log(sum);
  }

  /** Returns the mean return, by the probabilities. */
  public double mean() {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum += probabilities[i] * atom(i);
    }
    return sum;
  }

  /**
   * Gives a probability to the atoms next to a return, which is first clipped to their range.
   *
   * @param into takes it, on top of what is there
   */
  public void split(double of, double probability, double[] into) {
    double place = Math.max(0, Math.min(into.length - 1.0, (of - low) / spacing));
    int below = Math.min((int) place, into.length - 2);
    double share = place - below;
    into[below] += probability * (1 - share);
    into[below + 1] += probability * share;
  }
}
