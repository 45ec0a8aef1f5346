package org.bellmanrl.policy;

import org.bellmanrl.api.Policy;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;

/**
 * A policy that consists of numbers, so that a file can hold it: see {@link Policies}.
 *
 * <p>Any number of threads may use one, each with its own actor, while nobody changes its numbers.
 * Actors allocate nothing when they act.
 */
public interface WritablePolicy extends Policy {

  /** The observations that it takes. */
  Space observationSpace();

  /** The actions that it chooses from. */
  Space actionSpace();

  /** The name of the {@link PolicyFormat} that reads what {@link #write} writes. */
  String format();

  /** Writes everything but the spaces. */
  void write(State state);

  /** Says in a few words how it decides, for people: "a table of 16 states and 4 actions, …". */
  String description();

  @Override
  WritablePolicy snapshot();
}
