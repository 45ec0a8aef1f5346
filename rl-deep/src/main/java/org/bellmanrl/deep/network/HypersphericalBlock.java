package org.bellmanrl.deep.network;

import java.util.Objects;
import org.bellmanrl.api.options.Require;

/**
 * A residual block on the unit sphere:
 *
 * <pre>
 * z = ℓ₂(W₂ activation(s ⊙ W₁ x))
 * y = ℓ₂(x + α ⊙ (z − x))
 * </pre>
 *
 * where ℓ₂ divides by the length, and the layer between is wider. There are no biases; the weights
 * of each unit are a vector of length 1, to which they are projected after each update; s and the
 * step size α, one number per unit each, are learned.
 *
 * <p>Source: Lee et al., <i>Hyperspherical Normalization for Scalable Deep Reinforcement
 * Learning</i>, 2025 (SimbaV2), sections 4.2 and 4.3, where the layer between is four times as wide
 * and α starts from 1 / (blocks + 1). Put a {@link HypersphericalEmbedding} before the first block.
 *
 * @param units how many numbers enter and leave, at least 1
 * @param expansion how many times wider the layer between is, at least 1
 * @param alpha where α starts, in (0, 1]
 * @param activation of the layer between
 */
public record HypersphericalBlock(int units, int expansion, double alpha, Activation activation)
    implements LayerSpec {
  static final int USUAL_EXPANSION = 4;
  static final double USUAL_ALPHA = 0.5;

  public HypersphericalBlock {
    Require.atLeast("units", units, 1);
    Require.atLeast("expansion", expansion, 1);
    Require.inRange("alpha", alpha, "(0, 1]");
    Objects.requireNonNull(activation, "activation");
  }

  /**
   * By what the parameters of α are multiplied: they start at 1 / √units, so that α learns about as
   * fast as weights do.
   */
  public float alphaScale() {
    return (float) (alpha * Math.sqrt(units));
  }
}
