/**
 * Changes to observations that belong to what was learned, and go wherever the policy goes.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api.transform;

import org.jspecify.annotations.NullMarked;
