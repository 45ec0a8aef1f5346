/**
 * Capabilities of environments that can be looked at.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api.render;

import org.jspecify.annotations.NullMarked;
