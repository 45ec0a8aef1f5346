/**
 * Learning and planning together. {@link org.bellmanrl.tabular.planning.DynaQ}, {@link
 * org.bellmanrl.tabular.planning.DynaQPlus} and {@link
 * org.bellmanrl.tabular.planning.PrioritisedSweeping} learn a model and replay it; {@link
 * org.bellmanrl.tabular.planning.RealTimeDp} and {@link
 * org.bellmanrl.tabular.planning.TrajectorySampling} are given the exact one and look only where
 * episodes go. {@link org.bellmanrl.tabular.planning.Uct} plans one action at a time by playing
 * futures.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tabular.planning;

import org.jspecify.annotations.NullMarked;
