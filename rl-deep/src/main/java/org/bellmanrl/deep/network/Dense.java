package org.bellmanrl.deep.network;

import java.util.Objects;
import org.bellmanrl.api.options.Require;

/**
 * Fully connected: {@code activation(x·W + b)}.
 *
 * @param units number of outputs, at least 1
 * @param activation applied to each output
 * @param initialisation of W and b
 */
public record Dense(int units, Activation activation, Initialisation initialisation)
    implements LayerSpec {
  public Dense {
    Require.atLeast("units", units, 1);
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(initialisation, "initialisation");
  }

  /** A dense layer that starts as {@link Initialisation.FanIn} says. */
  public Dense(int units, Activation activation) {
    this(units, activation, new Initialisation.FanIn());
  }
}
