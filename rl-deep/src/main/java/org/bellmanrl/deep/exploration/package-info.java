/**
 * Rewards for exploring that are learned beside the task.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.deep.exploration;

import org.jspecify.annotations.NullMarked;
