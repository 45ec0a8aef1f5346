package org.bellmanrl.deep.dqn;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Convolution2d;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Dueling;
import org.bellmanrl.deep.network.Flatten;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.NoisyDense;

/** The shape of a network with one output per action. */
final class QNetwork {
  /** What three convolutions of the usual sizes need. */
  private static final int LEAST_IMAGE = 36;

  private QNetwork() {}

  /**
   * Hidden layers, and a linear one or a dueling head. Images of at least 36 × 36 pixels first go
   * through the three convolutions of Mnih et al. (2015). Noisy layers take the place of all dense
   * ones but those of a dueling head.
   */
  static NetworkSpec of(InputSpec input, int actions, Dqn.Config config) {
    List<LayerSpec> layers = new ArrayList<>();
    if (input.extents().size() == 3) {
      if (input.dtype() == DType.UINT8
          && input.extents().get(0) >= LEAST_IMAGE
          && input.extents().get(1) >= LEAST_IMAGE) {
        Initialisation start = new Initialisation.FanIn();
        layers.add(new Convolution2d(32, 8, 4, 0, Activation.RELU, start));
        layers.add(new Convolution2d(64, 4, 2, 0, Activation.RELU, start));
        layers.add(new Convolution2d(64, 3, 1, 0, Activation.RELU, start));
      }
      layers.add(new Flatten());
    }
    for (int units : config.hidden()) {
      layers.add(dense(units, config.activation(), config.noisy()));
    }
    layers.add(
        config.dueling() ? new Dueling(actions) : dense(actions, Activation.NONE, config.noisy()));
    return new NetworkSpec(input, layers);
  }

  private static LayerSpec dense(int units, Activation activation, boolean noisy) {
    return noisy ? new NoisyDense(units, activation) : new Dense(units, activation);
  }
}
