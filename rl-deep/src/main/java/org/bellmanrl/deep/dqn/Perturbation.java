package org.bellmanrl.deep.dqn;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.internal.action.ParameterNoise;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkValues;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * How far values stray when parameters are perturbed, as σ follows it:
 *
 * <pre>
 * d = mean(KL(softmax Q(S, ·) ‖ softmax Q̃(S, ·))),   δ = −ln(1 − ε + ε / actions)
 * </pre>
 *
 * <p>Source: Plappert et al., 2018, section 3 and appendix C.1: δ is the divergence of an ε-greedy
 * policy from the greedy one. Not thread-safe.
 */
final class Perturbation {
  private final ParameterNoise noise;
  private final NetworkValues values;
  private final Network perturbed;
  private final Workspace plain;
  private final Workspace strayed;

  Perturbation(ParameterNoise noise, NetworkValues values, int rows) {
    this.noise = noise;
    this.values = values;
    this.perturbed = values.network().copy();
    this.plain = perturbed.workspace(rows, Workspace.Use.FORWARD);
    this.strayed = perturbed.workspace(rows, Workspace.Use.FORWARD);
  }

  /** The noise that follows. */
  ParameterNoise noise() {
    return noise;
  }

  /**
   * Lets the noise follow on a batch.
   *
   * @param epsilon ε
   */
  void adapt(ReplayBatch batch, double epsilon, RandomStream random) {
    noise.perturb(values.network(), perturbed, random);
    values.encoder().encode(batch.observations(), batch.size(), plain);
    values.encoder().encode(batch.observations(), batch.size(), strayed);
    values.network().forward(plain, batch.size());
    perturbed.forward(strayed, batch.size());
    double sum = 0;
    for (int row = 0; row < batch.size(); row++) {
      int at = row * plain.outputStride();
      int maskAt = row * batch.maskWidth();
      sum +=
          divergence(values.width(), plain.outputs(), strayed.outputs(), at, batch.mask(), maskAt);
    }
    noise.adapt(sum / batch.size(), -ExactMath.log(1 - epsilon + epsilon / values.width()));
  }

  /** KL(softmax p ‖ softmax q) over what is allowed; an empty mask allows all. */
  static double divergence(int n, float[] p, float[] q, int at, boolean[] mask, int maskAt) {
    double mostP = Double.NEGATIVE_INFINITY;
    double mostQ = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < n; a++) {
      if (mask.length == 0 || mask[maskAt + a]) {
        mostP = Math.max(mostP, p[at + a]);
        mostQ = Math.max(mostQ, q[at + a]);
      }
    }
    double sumP = 0;
    double sumQ = 0;
    double weighted = 0;
    for (int a = 0; a < n; a++) {
      if (mask.length == 0 || mask[maskAt + a]) {
        double weight = ExactMath.exp(p[at + a] - mostP);
        sumP += weight;
        sumQ += ExactMath.exp(q[at + a] - mostQ);
        weighted += weight * ((p[at + a] - mostP) - (q[at + a] - mostQ));
      }
    }
    return weighted / sumP - ExactMath.log(sumP) + ExactMath.log(sumQ);
  }
}
