package org.bellmanrl.deep.optimizer;

import java.util.Arrays;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.kernel.Kernel;

/** {@link RmsProp} at work. */
final class RmsPropOptimizer implements Optimizer {
  private static final String SECTION = "rmsprop";

  private final RmsProp spec;
  private final float[] meanSquares;

  RmsPropOptimizer(int length, RmsProp spec) {
    this.spec = spec;
    this.meanSquares = new float[length];
    Arrays.fill(meanSquares, spec.epsilonInsideRoot() ? 1f : 0f);
  }

  @Override
  public void step(
      float[] parameters, float[] gradients, double learningRate, float gradientScale) {
    LengthCheck.require(meanSquares.length, parameters, gradients);
    float decay = (float) spec.decay();
    float fresh = 1f - decay;
    float rate = (float) learningRate;
    float inside = spec.epsilonInsideRoot() ? (float) spec.epsilon() : 0f;
    float outside = spec.epsilonInsideRoot() ? 0f : (float) spec.epsilon();
    for (int i = 0; i < parameters.length; i++) {
      float g = gradientScale * gradients[i];
      float v = Math.fma(decay, meanSquares[i], fresh * g * g) + Kernel.FLUSH - Kernel.FLUSH;
      meanSquares[i] = v;
      float root = (float) Math.sqrt(v + inside) + outside;
      parameters[i] = Math.fma(-rate, g / root, parameters[i]);
    }
  }

  @Override
  public void carry(State state) {
    state.begin(SECTION, 1);
    state.carry("mean-squares", meanSquares);
    state.end();
  }
}
