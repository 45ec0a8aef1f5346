package org.bellmanrl.tabular.bandit;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;

/** What is believed of the arms, to draw from. */
interface Posterior {
  /** A copy for reading. */
  Posterior snapshot();

  /** Doubles that {@link #draw} needs to work in. */
  int scratch();

  /**
   * Draws the mean reward of an arm where a row is.
   *
   * @param scratch of the actor's own
   */
  double draw(
      Observations observations, int row, int action, RandomStream random, double[] scratch);
}
