package org.bellmanrl.deep.network;

import org.bellmanrl.api.options.Require;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997, with the forget gate of Gers,
 * Schmidhuber and Cummins, 2000): along a sequence,
 *
 * <pre>
 * i = σ(x·Wᵢ + h·Uᵢ + bᵢ),  f = σ(x·W_f + h·U_f + b_f),  o = σ(x·Wₒ + h·Uₒ + bₒ)
 * g = tanh(x·W_g + h·U_g + b_g)
 * c′ = f ∘ c + i ∘ g,  h′ = o ∘ tanh(c′)
 * </pre>
 *
 * and h′ is the output. All parameters start uniform within ±1/√units, as in PyTorch; its two
 * biases are one here. The state of a sequence is h and then c.
 *
 * @param units number of outputs, at least 1
 */
public record Lstm(int units) implements LayerSpec {
  public Lstm {
    Require.atLeast("units", units, 1);
  }
}
