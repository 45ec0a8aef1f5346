/**
 * Optimisers over a flat parameter vector: an {@link org.bellmanrl.deep.optimizer.OptimizerSpec}
 * describes one as data, an {@link org.bellmanrl.deep.optimizer.Optimizer} takes the steps, a
 * {@link org.bellmanrl.deep.optimizer.GlobalNorm} limits them.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.deep.optimizer;

import org.jspecify.annotations.NullMarked;
