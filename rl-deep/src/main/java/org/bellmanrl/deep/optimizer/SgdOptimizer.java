package org.bellmanrl.deep.optimizer;

import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.kernel.Kernel;

/** {@link Sgd} at work. */
final class SgdOptimizer implements Optimizer {
  private static final String SECTION = "sgd";

  private final float momentum;
  private final float[] moments;

  SgdOptimizer(int length, Sgd spec) {
    this.momentum = (float) spec.momentum();
    this.moments = new float[length];
  }

  @Override
  public void step(
      float[] parameters, float[] gradients, double learningRate, float gradientScale) {
    LengthCheck.require(moments.length, parameters, gradients);
    float rate = (float) learningRate;
    for (int i = 0; i < parameters.length; i++) {
      float m =
          Math.fma(momentum, moments[i], gradientScale * gradients[i])
              + Kernel.FLUSH
              - Kernel.FLUSH;
      moments[i] = m;
      parameters[i] = Math.fma(-rate, m, parameters[i]);
    }
  }

  @Override
  public void carry(State state) {
    state.begin(SECTION, 1);
    state.carry("moments", moments);
    state.end();
  }
}
