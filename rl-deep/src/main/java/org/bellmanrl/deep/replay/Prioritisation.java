package org.bellmanrl.deep.replay;

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
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha must be in [0, 1], was " + alpha);
    }
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("epsilon must be above 0 and finite, was " + epsilon);
    }
  }

  /** The paper's alpha, and the small number that is usual. */
  public Prioritisation() {
    this(0.6, 1e-6);
  }
}
