/**
 * Ways of choosing among finitely many actions: {@link org.bellmanrl.tabular.policy.EpsilonGreedy},
 * {@link org.bellmanrl.tabular.policy.Softmax}, {@link org.bellmanrl.tabular.policy.Greedy} and
 * {@link org.bellmanrl.tabular.policy.RandomPolicy}.
 *
 * <p>All of them honour action masks, draw from their row's stream alone, and say how much.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tabular.policy;

import org.jspecify.annotations.NullMarked;
