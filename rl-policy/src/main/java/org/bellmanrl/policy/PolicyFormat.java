package org.bellmanrl.policy;

import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;

/**
 * How one kind of policy stands in a {@code policy.zip}. A service, found by {@link
 * java.util.ServiceLoader}: rl-deep offers networks. Implementations are stateless.
 */
public interface PolicyFormat {

  /** What files call this kind, such as {@code network}: see {@link WritablePolicy#format()}. */
  String name();

  /**
   * Reads what {@link WritablePolicy#write} of this kind has written.
   *
   * @param observationSpace the observations that the policy is for
   * @param actionSpace the actions that it is for
   * @param state where it is read from
   * @throws StateException or {@link IllegalArgumentException} if no such policy can exist
   */
  WritablePolicy read(Space observationSpace, Space actionSpace, State state);
}
