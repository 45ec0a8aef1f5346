/**
 * What a handful of runs tells, and how surely: start at {@link
 * org.bellmanrl.lab.internal.statistics.Estimates} and {@link
 * org.bellmanrl.lab.internal.statistics.Bootstrap}.
 *
 * <p>Source: Agarwal, Schwarzer, Castro, Courville and Bellemare (2021), "Deep Reinforcement
 * Learning at the Edge of the Statistical Precipice".
 */
@NullMarked
package org.bellmanrl.lab.internal.statistics;

import org.jspecify.annotations.NullMarked;
