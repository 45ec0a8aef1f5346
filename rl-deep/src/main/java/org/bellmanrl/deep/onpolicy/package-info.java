/**
 * Learners that learn from what their own policy has just done: {@link
 * org.bellmanrl.deep.onpolicy.Ppo}, {@link org.bellmanrl.deep.onpolicy.A2c} and {@link
 * org.bellmanrl.deep.onpolicy.DeepReinforce}.
 *
 * <p>Each is one class that computes its loss, and the gradient with respect to the outputs of the
 * networks, in plain loops. They share a policy network and a value network, the distributions over
 * actions ({@code ActionHead}), and the collected steps with their advantages ({@code Rollout}).
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.deep.onpolicy;

import org.jspecify.annotations.NullMarked;
