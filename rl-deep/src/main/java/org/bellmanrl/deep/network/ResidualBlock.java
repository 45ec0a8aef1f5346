package org.bellmanrl.deep.network;

import java.util.List;
import java.util.Objects;
import org.bellmanrl.api.options.Require;

/**
 * A residual block: {@code x + W₂ activation(W₁ normalised(x) + b₁) + b₂}, where layer
 * normalisation comes first and the layer between is wider.
 *
 * <p>Source: Lee et al., <i>SimBa: Simplicity Bias for Scaling Up Parameters in Deep Reinforcement
 * Learning</i>, 2025, section 4, where the layer between is four times as wide.
 *
 * @param units how many numbers enter and leave, at least 1
 * @param expansion how many times wider the layer between is, at least 1
 * @param activation of the layer between
 * @param initialisation of both dense layers
 */
public record ResidualBlock(
    int units, int expansion, Activation activation, Initialisation initialisation)
    implements LayerSpec {
  static final int USUAL = 4;

  public ResidualBlock {
    Require.atLeast("units", units, 1);
    Require.atLeast("expansion", expansion, 1);
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(initialisation, "initialisation");
  }

  /** The layers whose outputs are added to what enters. */
  public List<LayerSpec> layers() {
    return List.of(
        new LayerNormalization(Activation.NONE),
        new Dense(Math.multiplyExact(expansion, units), activation, initialisation),
        new Dense(units, Activation.NONE, initialisation));
  }
}
