/**
 * Policy gradients over tables of preferences: {@link org.bellmanrl.tabular.gradient.Reinforce},
 * with and without a baseline, and {@link org.bellmanrl.tabular.gradient.ActorCritic}.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tabular.gradient;

import org.jspecify.annotations.NullMarked;
