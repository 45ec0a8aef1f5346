package org.bellmanrl.deep.optimizer;

import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.kernel.Kernels;

/** {@link Adam} and {@link AdamW} at work. */
final class AdamOptimizer implements Optimizer {
  private static final String SECTION = "adam";

  private final Kernel kernel = Kernels.chosen();
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double weightDecay;
  private final float[] firstMoments;
  private final float[] secondMoments;

  /** β₁ᵗ and β₂ᵗ after t steps, by repeated multiplication: {@code Math.pow} may differ. */
  private double power1 = 1;

  private double power2 = 1;

  AdamOptimizer(int length, double beta1, double beta2, double epsilon, double weightDecay) {
    if (length < 0 || length % Kernel.PARTIAL_SUMS != 0) {
      throw new IllegalArgumentException(
          "length must be that of a network's vector, a multiple of %d, was %d"
              .formatted(Kernel.PARTIAL_SUMS, length));
    }
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.weightDecay = weightDecay;
    this.firstMoments = new float[length];
    this.secondMoments = new float[length];
  }

  @Override
  public void step(
      float[] parameters, float[] gradients, double learningRate, float gradientScale) {
    Lengths.require(firstMoments.length, parameters, gradients);
    power1 *= beta1;
    power2 *= beta2;
    // Both bias corrections, moved out of the loop: m̂ / (√v̂ + ε) = √c₂ / c₁ · m / (√v + ε·√c₂).
    double root2 = Math.sqrt(1 - power2);
    kernel.adam(
        parameters.length,
        parameters,
        gradients,
        firstMoments,
        secondMoments,
        gradientScale,
        (float) beta1,
        (float) beta2,
        (float) (learningRate * root2 / (1 - power1)),
        (float) (epsilon * root2),
        (float) (1 - learningRate * weightDecay));
  }

  @Override
  public void carry(State state) {
    state.begin(SECTION, 1);
    power1 = state.carry("power1", power1);
    power2 = state.carry("power2", power2);
    state.carry("first-moments", firstMoments);
    state.carry("second-moments", secondMoments);
    state.end();
  }
}
