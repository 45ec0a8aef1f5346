/**
 * Tiny tasks for testing learners: each needs one thing, and what is best is known.
 *
 * <p>A learner that fails {@link org.bellmanrl.env.diagnostic.Identity} learns nothing at all;
 * {@link org.bellmanrl.env.diagnostic.EndlessReward} catches one that takes a time limit for an
 * end, {@link org.bellmanrl.env.diagnostic.TwoStateChain} one that doesn't look ahead, {@link
 * org.bellmanrl.env.diagnostic.MaskedTask} one that bootstraps from forbidden actions, and the rest
 * go through spaces of every kind. {@link org.bellmanrl.env.diagnostic.Memory}, {@link
 * org.bellmanrl.env.diagnostic.TMaze}, {@link org.bellmanrl.env.diagnostic.RepeatPrevious} and
 * {@link org.bellmanrl.env.diagnostic.CountRecall} need memory, and {@link
 * org.bellmanrl.env.diagnostic.DeepSea} needs exploration; all others show an exact model while it
 * is small.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.diagnostic;

import org.jspecify.annotations.NullMarked;
