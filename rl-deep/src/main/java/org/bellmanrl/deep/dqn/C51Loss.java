package org.bellmanrl.deep.dqn;

import java.util.Arrays;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.internal.Categories;
import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * The loss of a categorical distribution of the return over fixed atoms z_i, evenly spaced from
 * {@code low} to {@code high}. An action has an output per atom; p = softmax of these.
 *
 * <pre>
 * a* = argmax_a Σ_i z_i p'_i(S', a)
 * m = Φ of the distribution of R + γ z_j with the probabilities p'_j(S', a*)
 * loss = mean of w · −Σ_i m_i ln p_i(S, A)
 * </pre>
 *
 * <p>where Φ splits each probability between the two atoms next to R + γ z_j, clipped to [low,
 * high]. Source: Bellemare, Dabney and Munos, <i>A Distributional Perspective on Reinforcement
 * Learning</i>, 2017, algorithm 1. R and γ are over n steps, w is the importance weight of the
 * sample, and a* is among the actions that the mask of S' allows. The error of a row is its loss
 * (Hessel et al., 2018).
 */
final class C51Loss extends ValueLoss {
  private final int atoms;
  private final Categories categories;
  private final double[] projected;
  private final float[] means;

  C51Loss(Discrete actions, int atoms, double low, double high, int size) {
    super(actions, size);
    this.atoms = atoms;
    this.categories = new Categories(atoms, low, high);
    this.projected = new double[atoms];
    this.means = new float[actions.n()];
  }

  @Override
  protected void compute(ReplayBatch batch, int row, int from) {
    project(batch, row, from);
    int at = from + taken(batch, row) * atoms;
    float weight = batch.weights()[row] / batch.size();
    double logPartition = categories.softmax(values, at);
    double crossEntropy = 0;
    for (int i = 0; i < atoms; i++) {
      crossEntropy -= projected[i] * (values[at + i] - logPartition);
      gradients[at + i] = (float) (weight * (categories.probabilities[i] - projected[i]));
    }
    loss += (float) (weight * crossEntropy);
    meanValue += (float) categories.mean() / batch.size();
    errors[row] = (float) crossEntropy;
  }

  /** Makes m. */
  private void project(ReplayBatch batch, int row, int from) {
    Arrays.fill(projected, 0);
    double reward = batch.rewards()[row];
    double bootstrap = batch.bootstraps()[row];
    if (bootstrap == 0) {
      categories.split(reward, 1, projected);
      return;
    }
    for (int a = 0; a < means.length; a++) {
      categories.softmax(choosing, from + a * atoms);
      means[a] = (float) categories.mean();
    }
    categories.softmax(nextValues, from + best(batch, row, means, 0) * atoms);
    for (int j = 0; j < atoms; j++) {
      double moved = reward + bootstrap * categories.atom(j);
      categories.split(moved, categories.probabilities[j], projected);
    }
  }
}
