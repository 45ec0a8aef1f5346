/**
 * Soft actor-critic, for actions in a bounded Box. Start at {@link org.bellmanrl.deep.sac.Sac},
 * which holds the update; beside it are the distribution over actions ({@code SquashedGaussian}),
 * both critics with their targets ({@code TwinCritics}) and the weight of the entropy ({@code
 * Temperature}).
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.deep.sac;

import org.jspecify.annotations.NullMarked;
