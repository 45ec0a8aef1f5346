/**
 * Policies that need no learning, to compare learned ones with: random, constant, and the best that
 * is known for some tasks.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.env.policy;

import org.jspecify.annotations.NullMarked;
