package org.bellmanrl.deep.dqn;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.deep.internal.ImageLayers;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Dueling;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.NoisyDense;

/** The shape of a network with one output per action. */
final class QNetwork {
  private QNetwork() {}

  /**
   * The convolutions of {@link ImageLayers} for images, hidden layers, and a linear one or a
   * dueling head. Noisy layers take the place of all dense ones but those of a dueling head.
   */
  static NetworkSpec of(InputSpec input, int actions, Dqn.Config config) {
    List<LayerSpec> layers = new ArrayList<>(ImageLayers.of(input, new Initialisation.FanIn()));
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
