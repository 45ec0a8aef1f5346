package org.bellmanrl.tabular.linear;

import org.bellmanrl.api.space.Columns;

/**
 * Turns an observation into numbers: a vector x of {@link #size()} features, of which at most
 * {@link #active()} are not 0.
 *
 * <p>The features that may not be 0 are asked for one by one, so no array is needed for them: the
 * {@code k}-th has an {@link #index} in x and a {@link #value}. Two of them may share an index;
 * their values then add up. Immutable and safe for threads.
 */
public interface FeatureMap {

  /** Number of features, at least 1. */
  int size();

  /** How many features of an observation may differ from 0, at least 1. */
  int active();

  /**
   * Where in x a feature stands.
   *
   * @param observations of the space that this map was made for
   * @param row which of them
   * @param k which feature, in [0, {@link #active()})
   * @return in [0, {@link #size()})
   */
  int index(Columns observations, int row, int k);

  /**
   * What a feature is worth.
   *
   * @param observations of the space that this map was made for
   * @param row which of them
   * @param k which feature, in [0, {@link #active()})
   */
  double value(Columns observations, int row, int k);
}
