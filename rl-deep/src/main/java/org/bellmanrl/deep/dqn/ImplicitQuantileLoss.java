package org.bellmanrl.deep.dqn;

import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.internal.kernel.Kernel;

/**
 * The loss of quantiles of the return at fractions that were drawn: N at S, which stand behind the
 * quantiles of all actions, and N' at S'.
 *
 * <pre>
 * y_j = R + γ Z'_{τ'_j}(S', a*),   a* = argmax_a Q(S', a)
 * u_ij = y_j − Z_{τ_i}(S, A)
 * loss = mean of w · Σ_i 1/N' Σ_j |τ_i − 1{u_ij &lt; 0}| · huber(u_ij)
 * </pre>
 *
 * <p>Source: Dabney et al., <i>Implicit Quantile Networks for Distributional Reinforcement
 * Learning</i>, 2018, equations 2 and 3 with κ = 1. The actions are chosen by a value each.
 */
final class ImplicitQuantileLoss extends QuantileLoss {
  private final int nextStride;
  private final int choosingStride;

  /**
   * A loss for batches of {@code size} rows.
   *
   * @param quantiles N
   * @param next N'
   */
  ImplicitQuantileLoss(Discrete actions, int quantiles, int next, int size) {
    super(actions, quantiles, next, size);
    this.nextStride = Kernel.stride((actions.n() + 1) * next);
    this.choosingStride = Kernel.stride(actions.n());
  }

  @Override
  int nextFrom(int row, int from) {
    return row * nextStride;
  }

  @Override
  void chooseBy(int row, int from, float[] into) {
    System.arraycopy(choosing, row * choosingStride, into, 0, into.length);
  }

  @Override
  float fraction(int from, int i) {
    return values[from + actions() * quantiles + i];
  }
}
