package org.bellmanrl.deep.continuous;

import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.optimizer.Optimizer;

/**
 * α, the weight of the entropy: fixed, or moved so that the policy's entropy goes to a target H̄.
 *
 * <pre>
 * loss = mean(−ln α (ln π(A|S) + H̄))
 * </pre>
 *
 * <p>Source: Haarnoja et al., 2018, section 5, with ln α in the place of α as a factor too, as in
 * Stable-Baselines3, so that the step does not depend on how large α is. Not thread-safe.
 */
final class Temperature implements Stateful {
  private final boolean learned;
  private final double fixed;
  private final double targetEntropy;

  /** ln α at 0, the rest is padding. */
  private final float[] logarithm;

  private final float[] gradient;
  private final Optimizer optimizer;

  Temperature(EntropyWeight weight, double targetEntropy) {
    this(weight.learned(), weight.value(), targetEntropy, new float[Kernel.padded(1)]);
    if (learned) {
      logarithm[0] = (float) ExactMath.log(weight.value());
    }
  }

  private Temperature(boolean learned, double fixed, double targetEntropy, float[] logarithm) {
    this.learned = learned;
    this.fixed = fixed;
    this.targetEntropy = targetEntropy;
    this.logarithm = logarithm;
    this.gradient = new float[logarithm.length];
    this.optimizer = new Adam().create(logarithm.length);
  }

  /** Returns an independent copy of α, without the optimiser's state. */
  Temperature copy() {
    return new Temperature(learned, fixed, targetEntropy, logarithm.clone());
  }

  /** α. */
  double value() {
    return learned ? ExactMath.exp(logarithm[0]) : fixed;
  }

  /**
   * Takes a step, if it is learned.
   *
   * @param meanLogProbability mean of ln π(A|S)
   * @return the loss before the step; 0 if α is fixed
   * @throws NonFiniteException if the loss is not finite
   */
  double step(double meanLogProbability, double learningRate) {
    if (!learned) {
      return 0;
    }
    double slope = -(meanLogProbability + targetEntropy);
    double loss = logarithm[0] * slope;
    if (!Double.isFinite(loss)) {
      throw new NonFiniteException(
          "the loss of the temperature is %s, with ln α = %s and a mean ln π of %s"
              .formatted(loss, logarithm[0], meanLogProbability));
    }
    gradient[0] = (float) slope;
    optimizer.step(logarithm, gradient, learningRate, 1f);
    return loss;
  }

  @Override
  public void carry(State state) {
    state.begin("temperature", 1);
    logarithm[0] = state.carry("logarithm", logarithm[0]);
    state.carry("optimizer", optimizer);
    state.end();
  }
}
