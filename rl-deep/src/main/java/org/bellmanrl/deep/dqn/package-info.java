/**
 * Deep Q-learning: {@link org.bellmanrl.deep.dqn.Dqn} with its variants as options, and the policy
 * over its values.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.deep.dqn;

import org.jspecify.annotations.NullMarked;
