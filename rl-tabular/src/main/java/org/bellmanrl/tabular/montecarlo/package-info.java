/**
 * Learning from the returns of whole episodes: {@link
 * org.bellmanrl.tabular.montecarlo.MonteCarloControl} and {@link
 * org.bellmanrl.tabular.montecarlo.MonteCarloPrediction}.
 */
@NullMarked
package org.bellmanrl.tabular.montecarlo;

import org.jspecify.annotations.NullMarked;
