/**
 * What the results of a few runs show, and how reliably: start at {@link
 * org.bellmanrl.results.statistics.Estimates} and {@link
 * org.bellmanrl.results.statistics.Bootstrap}.
 *
 * <p>Source: Agarwal, Schwarzer, Castro, Courville and Bellemare (2021), "Deep Reinforcement
 * Learning at the Edge of the Statistical Precipice".
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.results.statistics;

import org.jspecify.annotations.NullMarked;
