/**
 * Learning from the returns of whole episodes: {@link
 * org.bellmanrl.tabular.montecarlo.MonteCarloControl}, {@link
 * org.bellmanrl.tabular.montecarlo.MonteCarloPrediction} and {@link
 * org.bellmanrl.tabular.montecarlo.MonteCarloExploringStarts} on policy, {@link
 * org.bellmanrl.tabular.montecarlo.OffPolicyMonteCarloPrediction} and {@link
 * org.bellmanrl.tabular.montecarlo.OffPolicyMonteCarloControl} off policy.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tabular.montecarlo;

import org.jspecify.annotations.NullMarked;
