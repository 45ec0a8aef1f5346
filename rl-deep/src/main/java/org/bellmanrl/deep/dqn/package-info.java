/**
 * Deep Q-learning: {@link org.bellmanrl.deep.dqn.Dqn} with its variants as options, {@link
 * org.bellmanrl.deep.dqn.QrDqn}, {@link org.bellmanrl.deep.dqn.Iqn} and {@link
 * org.bellmanrl.deep.dqn.C51}, which learn distributions, {@link
 * org.bellmanrl.deep.dqn.MunchausenDqn}; their base class {@link
 * org.bellmanrl.deep.dqn.DeepControl}, losses, and the policy over their values.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.deep.dqn;

import org.jspecify.annotations.NullMarked;
