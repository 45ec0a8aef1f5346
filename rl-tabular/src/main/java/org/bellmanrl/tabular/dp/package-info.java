/**
 * Dynamic programming over an exact model: {@link org.bellmanrl.tabular.dp.PolicyEvaluation},
 * {@link org.bellmanrl.tabular.dp.PolicyIteration}, {@link org.bellmanrl.tabular.dp.ValueIteration}
 * and {@link org.bellmanrl.tabular.dp.FiniteHorizon} find values and policies; {@link
 * org.bellmanrl.tabular.dp.Occupancy} and {@link org.bellmanrl.tabular.dp.PolicyReturn} say what a
 * policy visits and earns.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tabular.dp;

import org.jspecify.annotations.NullMarked;
