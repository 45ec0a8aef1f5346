package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;

/** Draws the first parameters of a layer. */
final class Initialiser {
  private Initialiser() {}

  /**
   * Draws weights and bias.
   *
   * @param fanIn numbers that enter one output
   * @param fanOut numbers that one input enters
   * @param weights a block of inputs × outputs
   * @param bias a block of 1 × outputs
   */
  static void draw(
      Initialisation rule,
      float[] parameters,
      ParameterBlock weights,
      ParameterBlock bias,
      int fanIn,
      int fanOut,
      RandomStream random) {
    switch (rule) {
      case Initialisation.Orthogonal(double gain) ->
          OrthogonalMatrix.fill(parameters, weights, gain, random);
      case Initialisation.Kaiming(double gain) ->
          weights.fillUniform(parameters, gain * Math.sqrt(3.0 / fanIn), random);
      case Initialisation.Xavier(double gain) ->
          weights.fillUniform(parameters, gain * Math.sqrt(6.0 / (fanIn + fanOut)), random);
      case Initialisation.FanIn() -> {
        double bound = 1 / Math.sqrt(fanIn);
        weights.fillUniform(parameters, bound, random);
        bias.fillUniform(parameters, bound, random);
      }
    }
  }
}
