package org.bellmanrl.api;

import java.util.Optional;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.state.Stateful;

/**
 * Learns from transitions.
 *
 * <p>A learner owns the write side of its numbers and nothing else: no loop, clock, log, file or
 * environment. {@link #carry} carries everything that its future depends on, including its own
 * random streams (the actor's are carried by the loop).
 */
public interface Learner extends Stateful {

  /** Returns the policy that acts while learning and usually explores. Always the same object. */
  Policy behaviour();

  /** Returns the policy that has been learned so far. Always the same object. */
  Policy policy();

  /**
   * Learns from one step of each listed row, in the order of the rows.
   *
   * @param transitions valid during the call only
   */
  void observe(Transitions transitions);

  /**
   * Whether {@link #observe} needs the action that follows each transition. The loop then chooses
   * it before it calls {@code observe}, and plays that same action next.
   */
  default boolean needsNextAction() {
    return false;
  }

  /** Returns how far the rows can be stepped ahead of learning; by default not at all. */
  default Rounds rounds() {
    return Rounds.NONE;
  }

  /** The values behind the policy, where there are any. */
  default Optional<ValueFunction> values() {
    return Optional.empty();
  }

  /** Reports metrics of learning since the last call, such as losses and step sizes. */
  default void report(Metrics metrics) {}

  /**
   * How far a learner's rows can be stepped ahead of its learning, by other threads or machines:
   * what its {@linkplain Learner#behaviour() behaviour} depends on, and for how long that stays as
   * it is.
   */
  sealed interface Rounds {
    /** Not at all: what is done next depends on what the learner made of the step before. */
    Rounds NONE = new None();

    /** Each step needs the one before to be learned from. */
    record None() implements Rounds {}

    /**
     * The behaviour does not change for a number of steps, whatever is observed: the result is the
     * same whether or not the rows are stepped ahead.
     *
     * @param steps of all rows, from now on, at least 1
     * @param correcting whether the learner also learns well from the behaviour of the round
     *     before, so that a round can be stepped while it learns from the one before
     * @param acting what the behaviour depends on besides its actors and the progress
     */
    record Fixed(int steps, boolean correcting, Stateful acting) implements Rounds {
      public Fixed {
        Require.atLeast("steps", steps, 1);
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

  /**
   * Takes named numbers. Names are lower case words joined by {@code _}, with {@code /} between
   * groups.
   */
  @FunctionalInterface
  interface Metrics {

    /** Reports a number under a name, such as {@code loss} or {@code replay/size}. */
    void scalar(String name, double value);
  }
}
