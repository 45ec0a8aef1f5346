/** Capabilities of environments that can be looked at. */
@NullMarked
package org.bellmanrl.api.render;

import org.jspecify.annotations.NullMarked;
