/**
 * Any environment of Gymnasium's: {@code gym/CartPole-v1} and every other name that Gymnasium's
 * registry, or a Python module of your own, knows.
 *
 * <p>The environments run in Python processes, several rows in each; numbers travel through shared
 * memory. Start with {@link org.bellmanrl.gymnasium.GymnasiumEnvironments}, or with the id.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.gymnasium;

import org.jspecify.annotations.NullMarked;
