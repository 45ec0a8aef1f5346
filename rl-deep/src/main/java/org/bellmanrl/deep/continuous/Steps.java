package org.bellmanrl.deep.continuous;

import org.bellmanrl.deep.replay.SequenceBatch;
import org.jspecify.annotations.Nullable;

/**
 * The steps that an update learns from, one row each.
 *
 * @param most the most of them
 * @param sequences those that they belong to, if a network is recurrent; null for as many single
 *     transitions
 * @param policyState numbers of the policy's state at the beginning of a stored state; behind it
 *     stands that of each critic
 */
record Steps(int most, @Nullable SequenceBatch sequences, int policyState) {
  /** Single transitions. */
  static Steps single(int count) {
    return new Steps(count, null, 0);
  }

  /** How many there are in the batch that was drawn last. */
  int count() {
    return sequences == null ? most : sequences.steps().size();
  }
}
