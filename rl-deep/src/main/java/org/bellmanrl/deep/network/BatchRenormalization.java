package org.bellmanrl.deep.network;

import java.util.Objects;
import org.bellmanrl.api.options.Require;

/**
 * Normalises each unit over the batch, with a correction towards running statistics, scales and
 * shifts it by learned numbers, and applies an activation.
 *
 * <pre>
 * x̂ = (x − μ_B) / σ_B · r + d,   r = clip(σ_B / σ, 1/3, 3),   d = clip((μ_B − μ) / σ, −5, 5)
 * μ ← μ + momentum (μ_B − μ),   σ² ← σ² + momentum (σ_B² − σ²)
 * </pre>
 *
 * <p>Source: Ioffe, <i>Batch Renormalization</i>, 2017, algorithm 1. No gradient flows through r
 * and d, which are 1 and 0 while the layer warms up: it is batch normalisation then. Where a
 * workspace does not use {@linkplain Workspace#batchStatistics batch statistics}, x̂ = (x − μ) / σ.
 *
 * <p>Of pictures, it normalises each channel over the batch and all places.
 *
 * <p>The running statistics μ and σ² and the number of passes so far are parameters of the network
 * without gradients, which a pass with batch statistics changes.
 *
 * @param activation applied to each output
 * @param epsilon added to variances, in (0, 1)
 * @param momentum weight of a batch in the running statistics, in (0, 1]
 * @param warmUp passes before r and d, from 0 to {@value #MOST_PASSES}
 */
public record BatchRenormalization(
    Activation activation, double epsilon, double momentum, int warmUp) implements LayerSpec {
  /** The largest r; its inverse is the smallest. */
  static final float R_MAX = 3;

  /** The largest size of d. */
  static final float D_MAX = 5;

  /** Up to here floats count. */
  static final int MOST_PASSES = 1 << 24;

  public BatchRenormalization {
    Objects.requireNonNull(activation, "activation");
    Require.inRange("epsilon", epsilon, "(0, 1)");
    Require.inRange("momentum", momentum, "(0, 1]");
    Require.inRange("warmUp", warmUp, "[0, " + MOST_PASSES + "]");
  }

  /** Batch renormalisation as CrossQ has it: epsilon 0.001, momentum 0.01, 100,000 passes. */
  public BatchRenormalization(Activation activation) {
    this(activation, 1e-3, 0.01, 100_000);
  }
}
