package org.bellmanrl.deep.replay;

import org.bellmanrl.api.options.Require;

/**
 * How a replay prefers some transitions to others: a transition whose error was δ is drawn with a
 * probability proportional to {@code (|δ| + epsilon)^alpha} (Schaul, Quan, Antonoglou and Silver,
 * 2016, section 3.3, proportional variant). New ones take the largest priority so far.
 *
 * @param alpha how much errors count, in [0, 1]; 0 draws uniformly, 0.6 is the paper's
 * @param epsilon added to each error so that none is forgotten, above 0
 */
public record Prioritisation(double alpha, double epsilon) {
  public Prioritisation {
    Require.unit("alpha", alpha);
    Require.positive("epsilon", epsilon);
  }

  /** The paper's alpha, and the small number that is usual. */
  public Prioritisation() {
    this(0.6, 1e-6);
  }
}
