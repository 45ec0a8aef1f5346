/**
 * Temporal-difference learning in one step: {@link org.bellmanrl.tabular.td.QLearning}, {@link
 * org.bellmanrl.tabular.td.Sarsa}, {@link org.bellmanrl.tabular.td.TdPrediction}.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tabular.td;

import org.jspecify.annotations.NullMarked;
