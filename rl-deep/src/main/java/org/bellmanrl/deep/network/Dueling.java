package org.bellmanrl.deep.network;

import java.util.Objects;
import org.bellmanrl.api.options.Require;

/**
 * The dueling head {@code Q(s, a) = V(s) + A(s, a) − mean A(s, ·)} (Wang et al., 2016, equation 9).
 * V and A each have a separate hidden layer, or none.
 *
 * @param actions number of outputs, at least 1
 * @param hidden units in the hidden layer of each stream; 0 for none
 * @param activation of the hidden layers
 * @param initialisation of all weights
 */
public record Dueling(int actions, int hidden, Activation activation, Initialisation initialisation)
    implements LayerSpec {
  public Dueling {
    Require.atLeast("actions", actions, 1);
    if (hidden < 0) {
      throw new IllegalArgumentException("hidden must be at least 0, was " + hidden);
    }
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(initialisation, "initialisation");
  }

  /** A dueling head without hidden layers. */
  public Dueling(int actions) {
    this(actions, 0, Activation.NONE, new Initialisation.FanIn());
  }
}
