package org.bellmanrl.deep.network;

import org.bellmanrl.api.options.Require;

/**
 * A gated recurrent unit (Cho et al., 2014), in the form of cuDNN and PyTorch, whose reset gate
 * applies to the product: along a sequence,
 *
 * <pre>
 * r = σ(x·Wᵣ + h·Uᵣ + bᵣ),  z = σ(x·W_z + h·U_z + b_z)
 * n = tanh(x·Wₙ + bₙ + r ∘ (h·Uₙ + cₙ))
 * h′ = n + z ∘ (h − n)
 * </pre>
 *
 * and h′ is the output. All parameters start uniform within ±1/√units, as in PyTorch. The state of
 * a sequence is h.
 *
 * @param units number of outputs, at least 1
 */
public record Gru(int units) implements LayerSpec {
  public Gru {
    Require.atLeast("units", units, 1);
  }
}
