/**
 * Transforms of observations that belong to a policy, and are exported with it.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api.transform;

import org.jspecify.annotations.NullMarked;
