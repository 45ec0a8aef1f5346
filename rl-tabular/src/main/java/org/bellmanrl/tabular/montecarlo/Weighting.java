package org.bellmanrl.tabular.montecarlo;

/** How returns of another behaviour are weighted by their importance-sampling ratios. */
public enum Weighting {
  /** The sum of ρ G over the number of returns: unbiased, of any variance, even infinite. */
  ORDINARY,
  /** The sum of ρ G over the sum of ρ: biased at first, of far less variance. */
  WEIGHTED,
  /**
   * Ordinary, but each reward is weighted by the ratios up to it and no later ones (Sutton &amp;
   * Barto, 2nd ed., 2018, section 5.9): unbiased.
   */
  PER_DECISION
}
