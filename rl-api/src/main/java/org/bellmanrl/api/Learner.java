package org.bellmanrl.api;

import java.util.Optional;
import org.bellmanrl.api.state.Stateful;

/**
 * Learns from transitions.
 *
 * <p>A learner owns the write side of its numbers and nothing else: no loop, clock, log, file or
 * environment. {@link #carry} carries everything that its future depends on, including its own
 * random streams (the actor's are carried by the loop).
 */
public interface Learner extends Stateful {

  /** How to act while learning; usually explores. Always the same object. */
  Policy behaviour();

  /** What has been learned so far: how to act when it counts. Always the same object. */
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

  /** How far the rows can be stepped ahead from here; not at all unless a learner says so. */
  default Rounds rounds() {
    return Rounds.NONE;
  }

  /** The values behind the policy, where there are any. */
  default Optional<ValueFunction> values() {
    return Optional.empty();
  }

  /** Reports metrics of learning since the last call, such as losses and step sizes. */
  default void report(Metrics metrics) {}
}
