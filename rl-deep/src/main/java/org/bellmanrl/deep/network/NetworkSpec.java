package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A network as data: what enters, and the layers in order. Shapes are checked when a {@link
 * Network} is made of it.
 *
 * @param input what enters
 * @param layers at least one
 */
public record NetworkSpec(InputSpec input, List<LayerSpec> layers) {
  public NetworkSpec {
    Objects.requireNonNull(input, "input");
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers must hold at least one layer, was empty");
    }
  }

  /** A network of these layers. */
  public static NetworkSpec of(InputSpec input, LayerSpec... layers) {
    return new NetworkSpec(input, List.of(layers));
  }

  /** The same with further layers behind the last. */
  public NetworkSpec followedBy(LayerSpec... more) {
    List<LayerSpec> all = new ArrayList<>(layers);
    all.addAll(List.of(more));
    return new NetworkSpec(input, all);
  }

  /**
   * Dense layers that all start as {@link Initialisation.FanIn} says, the last without activation.
   *
   * @param inputs number of inputs
   * @param outputs number of outputs
   * @param activation of the hidden layers
   * @param hidden units of the hidden layers, in order
   */
  public static NetworkSpec mlp(int inputs, int outputs, Activation activation, int... hidden) {
    List<LayerSpec> layers = new ArrayList<>();
    for (int units : hidden) {
      layers.add(new Dense(units, activation));
    }
    layers.add(new Dense(outputs, Activation.NONE));
    return new NetworkSpec(InputSpec.vector(inputs), layers);
  }

  /**
   * Dense layers that start orthogonal with gain √2, the last without activation and with a gain of
   * its own: the usual network of A2C and PPO.
   *
   * @param inputs number of inputs
   * @param outputs number of outputs
   * @param outputGain gain of the last layer: 0.01 for a policy, 1 for a value function
   * @param activation of the hidden layers
   * @param hidden units of the hidden layers, in order
   */
  public static NetworkSpec orthogonalMlp(
      int inputs, int outputs, double outputGain, Activation activation, int... hidden) {
    List<LayerSpec> layers = new ArrayList<>();
    for (int units : hidden) {
      layers.add(new Dense(units, activation, new Initialisation.Orthogonal(Math.sqrt(2))));
    }
    layers.add(new Dense(outputs, Activation.NONE, new Initialisation.Orthogonal(outputGain)));
    return new NetworkSpec(InputSpec.vector(inputs), layers);
  }
}
