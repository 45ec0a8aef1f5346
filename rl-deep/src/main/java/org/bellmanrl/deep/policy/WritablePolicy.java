package org.bellmanrl.deep.policy;

import org.bellmanrl.api.Policy;
import org.bellmanrl.api.space.Space;

/**
 * A policy that is all there in numbers, so that files can hold it: see {@link ShippedPolicy}.
 *
 * <p>Any number of threads may use one, each with its own actor, while nobody changes its numbers.
 * Actors allocate nothing when they act.
 */
public sealed interface WritablePolicy extends Policy permits NetworkPolicy, TablePolicy {

  /** What it sees. */
  Space observationSpace();

  /** What it chooses from. */
  Space actionSpace();

  @Override
  WritablePolicy snapshot();
}
