package org.bellmanrl.deep.network;

import org.bellmanrl.api.options.Require;

/**
 * Makes each number zero with a probability and enlarges the others, so that the mean stays the
 * same (Srivastava et al., 2014).
 *
 * <p>What is dropped belongs to the {@link Workspace}: nothing until {@link Workspace#sampleNoise},
 * so nothing in evaluation.
 *
 * @param rate the probability, in [0, 1)
 */
public record Dropout(double rate) implements LayerSpec {
  public Dropout {
    Require.inRange("rate", rate, "[0, 1)");
  }
}
