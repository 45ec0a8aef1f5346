package org.bellmanrl.api;

import org.bellmanrl.api.state.Stateful;

/**
 * How far a learner's rows can be stepped ahead of its learning, by other threads or machines: what
 * its {@linkplain Learner#behaviour() behaviour} depends on, and for how long that stays as it is.
 */
public sealed interface Rounds {
  /** Not at all: what is done next depends on what the learner made of the step before. */
  Rounds NONE = new None();

  /** Each step needs the one before to be learned from. */
  record None() implements Rounds {}

  /**
   * The behaviour does not change for a number of steps, whatever is observed: the result is the
   * same whether or not the rows are stepped ahead.
   *
   * @param steps of all rows, from now on, at least 1
   * @param correcting whether the learner also learns well from the behaviour of the round before,
   *     so that a round can be stepped while it learns from the one before
   * @param acting what the behaviour depends on besides its actors and the progress
   */
  record Fixed(int steps, boolean correcting, Stateful acting) implements Rounds {
    public Fixed {
      if (steps < 1) {
        throw new IllegalArgumentException("steps must be at least 1, was " + steps);
      }
    }
  }

  /**
   * The learner learns from whatever behaviour it is shown, so that its rows can be stepped ahead
   * by any number of steps. That number changes the result, since the behaviour lags behind the
   * learning.
   *
   * @param acting what the behaviour depends on besides its actors and the progress
   */
  record Any(Stateful acting) implements Rounds {}
}
