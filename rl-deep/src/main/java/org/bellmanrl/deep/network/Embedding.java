package org.bellmanrl.deep.network;

import org.bellmanrl.api.options.Require;

/**
 * A learned vector for each value of a Discrete observation, or of a Discrete part of one. Values
 * enter as one-hot vectors, so this is a dense layer without bias and activation, which passes over
 * the zeros. In a {@link Trunk} there is one for each element of what is MultiDiscrete.
 *
 * <p>The vectors start as standard normal numbers, as in PyTorch.
 *
 * @param units length of the vectors, at least 1
 */
public record Embedding(int units) implements LayerSpec {
  public Embedding {
    Require.atLeast("units", units, 1);
  }
}
