package org.bellmanrl.deep.optimizer;

import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.kernel.Kernels;

/** {@link Adam}, {@link AdamW} and {@link RAdam} at work. */
final class AdamOptimizer implements Optimizer {
  private static final String SECTION = "adam";

  /** While the average of squares is shorter, RAdam does without it. */
  private static final double SHORTEST = 5;

  private final Kernel kernel = Kernels.chosen();
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double weightDecay;
  private final boolean rectified;
  private final float[] firstMoments;
  private final float[] secondMoments;

  /** β₁ᵗ and β₂ᵗ after t steps, by repeated multiplication: {@code Math.pow} may differ. */
  private double power1 = 1;

  private double power2 = 1;

  private long steps;

  AdamOptimizer(int length, double beta1, double beta2, double epsilon, double weightDecay) {
    this(length, beta1, beta2, epsilon, weightDecay, false);
  }

  AdamOptimizer(
      int length,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay,
      boolean rectified) {
    if (length < 0 || length % Kernel.PARTIAL_SUMS != 0) {
      throw new IllegalArgumentException(
          "length must be that of a network's vector, a multiple of %d, was %d"
              .formatted(Kernel.PARTIAL_SUMS, length));
    }
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.weightDecay = weightDecay;
    this.rectified = rectified;
    this.firstMoments = new float[length];
    this.secondMoments = new float[length];
  }

  @Override
  public void step(
      float[] parameters, float[] gradients, double learningRate, float gradientScale) {
    LengthCheck.require(firstMoments.length, parameters, gradients);
    power1 *= beta1;
    power2 *= beta2;
    steps++;
    double rectification = rectified ? rectification() : 1;
    if (rectification == 0) {
      firstMomentAlone(parameters, gradients, learningRate / (1 - power1), gradientScale);
      return;
    }
    // Both bias corrections, moved out of the loop: m̂ / (√v̂ + ε) = √c₂ / c₁ · m / (√v + ε·√c₂).
    double root2 = Math.sqrt(1 - power2);
    kernel
        .updates()
        .adam(
            parameters.length,
            parameters,
            gradients,
            firstMoments,
            secondMoments,
            gradientScale,
            (float) beta1,
            (float) beta2,
            (float) (learningRate * rectification * root2 / (1 - power1)),
            (float) (epsilon * root2),
            (float) (1 - learningRate * weightDecay));
  }

  /** The factor r of RAdam; 0 while the variance of the second moment has no bound. */
  private double rectification() {
    double longest = 2 / (1 - beta2) - 1;
    double length = longest - 2 * steps * power2 / (1 - power2);
    return length <= SHORTEST
        ? 0
        : Math.sqrt(
            (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
  }

  /** A step of momentum, of which there are so few that they need no kernel. */
  private void firstMomentAlone(
      float[] parameters, float[] gradients, double rate, float gradientScale) {
    for (int i = 0; i < parameters.length; i++) {
      double gradient = gradients[i] * gradientScale;
      double first = beta1 * firstMoments[i] + (1 - beta1) * gradient;
      secondMoments[i] = (float) (beta2 * secondMoments[i] + (1 - beta2) * gradient * gradient);
      firstMoments[i] = (float) first;
      parameters[i] = (float) (parameters[i] - rate * first);
    }
  }

  @Override
  public void carry(State state) {
    state.begin(SECTION, rectified ? 2 : 1);
    power1 = state.carry("power1", power1);
    power2 = state.carry("power2", power2);
    if (rectified) {
      steps = state.carry("steps", steps);
    }
    state.carry("first-moments", firstMoments);
    state.carry("second-moments", secondMoments);
    state.end();
  }
}
