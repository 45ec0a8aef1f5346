package org.bellmanrl.deep.network;

import org.bellmanrl.api.options.Require;

/**
 * Puts inputs onto the unit sphere: {@code ℓ₂(s ⊙ W [x, c])}, where ℓ₂ divides by the length. A
 * constant stands behind the inputs, so that their length is not lost. The weights of each unit are
 * a vector of length 1, to which they are projected after each update; s is learned.
 *
 * <p>Source: Lee et al., <i>Hyperspherical Normalization for Scalable Deep Reinforcement
 * Learning</i>, 2025 (SimbaV2), section 4.1, where c is 3. There the shifted inputs are normalised
 * first, which does not change what leaves the layer.
 *
 * @param units how many numbers leave, at least 1
 * @param shift c, finite and above 0
 */
public record HypersphericalEmbedding(int units, double shift) implements LayerSpec {
  static final double USUAL = 3;

  public HypersphericalEmbedding {
    Require.atLeast("units", units, 1);
    Require.positive("shift", shift);
  }
}
