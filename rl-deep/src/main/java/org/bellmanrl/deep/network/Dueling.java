package org.bellmanrl.deep.network;

import org.bellmanrl.api.options.Require;

/**
 * Combines the two streams of a dueling head, {@code Q(s, a) = V(s) + A(s, a) − mean A(s, ·)} (Wang
 * et al., 2016, equation 9). The first {@code outputs} numbers that enter are V, the others A, one
 * action after the other; a layer before it computes both. It has no parameters.
 *
 * @param actions how many there are, at least 1
 * @param outputs numbers per action, at least 1: one value, or the atoms of a distribution, each of
 *     which is combined for itself (Hessel et al., 2018)
 */
public record Dueling(int actions, int outputs) implements LayerSpec {
  public Dueling {
    Require.atLeast("actions", actions, 1);
    Require.atLeast("outputs", outputs, 1);
  }

  /** One value per action. */
  public Dueling(int actions) {
    this(actions, 1);
  }

  /** How many numbers enter. */
  public int inputs() {
    return Math.multiplyExact(Math.addExact(actions, 1), outputs);
  }
}
