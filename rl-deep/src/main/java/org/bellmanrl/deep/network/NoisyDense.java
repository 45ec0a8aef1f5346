package org.bellmanrl.deep.network;

import java.util.Objects;
import org.bellmanrl.api.options.Require;

/**
 * A dense layer whose weights are {@code μ + σ·ε} with learned μ and σ and factorised Gaussian
 * noise ε (Fortunato et al., 2018, section 3.1 b): {@code ε = f(ε_in)·f(ε_out)}, {@code f(x) =
 * sgn(x)√|x|}. Initially μ is uniform within ±1/√inputs and σ is {@code sigma0}/√inputs.
 *
 * <p>The noise belongs to the {@link Workspace}: zero until {@link Workspace#sampleNoise}.
 *
 * @param units number of outputs, at least 1
 * @param activation applied to each output
 * @param sigma0 initial noise, at least 0; the paper's value is 0.5
 */
public record NoisyDense(int units, Activation activation, double sigma0) implements LayerSpec {
  static final double USUAL = 0.5;

  public NoisyDense {
    Require.atLeast("units", units, 1);
    Objects.requireNonNull(activation, "activation");
    Require.notNegative("sigma0", sigma0);
  }

  /** A noisy layer with the paper's initial noise, 0.5. */
  public NoisyDense(int units, Activation activation) {
    this(units, activation, USUAL);
  }
}
