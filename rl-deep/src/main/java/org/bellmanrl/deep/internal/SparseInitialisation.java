package org.bellmanrl.deep.internal;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ParameterBlock;

/**
 * Draws weights uniformly within ±1/√inputs, and sets most of those that enter a unit to zero, so
 * that inputs share few of them; biases are zero.
 *
 * <p>Source: Elsayed, Vasan and Mahmood (2024), algorithm 1.
 */
public final class SparseInitialisation {
  private static final String WEIGHTS = "weights";
  private static final String BIAS = "bias";

  private SparseInitialisation() {}

  /**
   * Draws all weights and biases of a network.
   *
   * @param sparsity the share of zeros among the weights that enter a unit, in [0, 1); each unit
   *     keeps at least one of its weights
   */
  public static void draw(Network network, double sparsity, RandomStream random) {
    float[] parameters = network.parameters();
    for (ParameterBlock block : network.blocks()) {
      boolean weights = block.name().endsWith(WEIGHTS);
      if (!weights && !block.name().endsWith(BIAS)) {
        continue; // of a normalisation: 1 and 0
      }
      double bound = weights ? 1 / Math.sqrt(block.rows()) : 0;
      int zeros = Math.min(block.rows() - 1, (int) Math.round(sparsity * block.rows()));
      for (int unit = 0; unit < block.columns(); unit++) {
        for (int input = 0; input < block.rows(); input++) {
          parameters[block.index(input, unit)] =
              weights ? (float) random.uniform(-bound, bound) : 0;
        }
        if (weights && zeros > 0) {
          for (int input : random.choiceWithoutReplacement(block.rows(), zeros)) {
            parameters[block.index(input, unit)] = 0;
          }
        }
      }
    }
  }
}
