package org.bellmanrl.deep.network;

import org.bellmanrl.api.options.Require;

/** How the weights of a layer start. Biases start at zero unless a rule says otherwise. */
public sealed interface Initialisation {
  /**
   * A random matrix with orthonormal rows or columns, whichever are fewer, times a gain (Saxe,
   * McClelland and Ganguli, 2014). Usual in policy gradient methods: gain √2 for hidden layers, 1
   * for values, 0.01 for the policy's outputs.
   *
   * @param gain factor, finite
   */
  record Orthogonal(double gain) implements Initialisation {
    public Orthogonal {
      Require.finite("gain", gain);
    }
  }

  /**
   * Uniform within ±gain·√(3 / inputs) (He et al., 2015); gain √2 suits ReLU.
   *
   * @param gain factor, finite
   */
  record Kaiming(double gain) implements Initialisation {
    public Kaiming {
      Require.finite("gain", gain);
    }
  }

  /**
   * Uniform within ±gain·√(6 / (inputs + outputs)) (Glorot and Bengio, 2010).
   *
   * @param gain factor, finite
   */
  record Xavier(double gain) implements Initialisation {
    public Xavier {
      Require.finite("gain", gain);
    }
  }

  /**
   * Weights and biases uniform within ±1/√inputs: what PyTorch does by default, and so what most
   * published results of DQN and SAC rest on.
   */
  record FanIn() implements Initialisation {}
}
