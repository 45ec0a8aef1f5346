/**
 * Policies of networks, without the learner that they come from: {@link
 * org.bellmanrl.deep.policy.NetworkPolicy} says what they do, and {@code
 * org.bellmanrl.policy.Policies} of rl-policy reads and writes them.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.deep.policy;

import org.jspecify.annotations.NullMarked;
