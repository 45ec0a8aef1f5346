package org.bellmanrl.deep.continuous;

import java.util.Arrays;
import org.bellmanrl.deep.internal.Categories;
import org.bellmanrl.deep.network.Expectation;
import org.bellmanrl.deep.network.LayerSpec;

/**
 * The loss of critics whose outputs say, as softmax, the probabilities p_i of returns z_i, evenly
 * spaced, towards the distribution of the critic of the smallest mean.
 *
 * <pre>
 * m = Φ of the distribution of y_j = R + γ (z_j − α ln π(A'|S')) with its probabilities
 * loss = mean of −Σ_i m_i ln p_i
 * </pre>
 *
 * <p>where Φ splits each probability between the two atoms next to y_j, clipped to their range.
 * Source: Lee et al., <i>Hyperspherical Normalization for Scalable Deep Reinforcement Learning</i>,
 * 2025 (SimbaV2), with Φ from Bellemare, Dabney and Munos, 2017, algorithm 1. The probabilities of
 * the targets are kept here until the loss is computed.
 */
final class CategoricalLoss implements CriticLoss {
  private final int atoms;
  private final double low;
  private final double high;
  private final Categories categories;
  private final float[] single;

  /** The probabilities of all targets, laid out as these. */
  private final double[] probabilities;

  private final double[] projected;

  /**
   * A loss of a fixed number of rows.
   *
   * @param atoms returns that have a probability, at least 2
   * @param low the smallest of these
   * @param high the largest, above {@code low}
   */
  CategoricalLoss(int atoms, double low, double high, int maxRows) {
    this(atoms, low, high, new double[Math.multiplyExact(maxRows, atoms)]);
  }

  private CategoricalLoss(int atoms, double low, double high, double[] probabilities) {
    this.atoms = atoms;
    this.low = low;
    this.high = high;
    this.categories = new Categories(atoms, low, high);
    this.single = new float[atoms];
    this.probabilities = probabilities;
    this.projected = new double[atoms];
  }

  @Override
  public int outputs() {
    return atoms;
  }

  @Override
  public CriticLoss beside() {
    return new CategoricalLoss(atoms, low, high, probabilities);
  }

  @Override
  public LayerSpec[] reading() {
    return new LayerSpec[] {Expectation.ofCategories(1, low, high)};
  }

  @Override
  public int targets(int critics) {
    return atoms;
  }

  @Override
  public void target(double[] outputs, int from, int count, double[] into, int at) {
    double least = Double.POSITIVE_INFINITY;
    for (int critic = from; critic < from + count; critic += atoms) {
      for (int i = 0; i < atoms; i++) {
        single[i] = (float) outputs[critic + i];
      }
      categories.softmax(single, 0);
      double mean = categories.mean();
      // A NaN must not get lost.
      if (!(mean >= least)) {
        least = mean;
        System.arraycopy(categories.probabilities, 0, probabilities, at, atoms);
      }
    }
    for (int i = 0; i < atoms; i++) {
      into[at + i] = categories.atom(i);
    }
  }

  @Override
  public double loss(
      int rows, float[] outputs, int stride, double[] targets, int each, float[] gradients) {
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      Arrays.fill(projected, 0);
      for (int j = row * each; j < (row + 1) * each; j++) {
        categories.split(targets[j], probabilities[j], projected);
      }
      int at = row * stride;
      double logPartition = categories.softmax(outputs, at);
      for (int i = 0; i < atoms; i++) {
        loss -= projected[i] * (outputs[at + i] - logPartition) / rows;
        gradients[at + i] = (float) ((categories.probabilities[i] - projected[i]) / rows);
      }
    }
    return loss;
  }
}
