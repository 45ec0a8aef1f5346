/** Python processes, what is said to them, and the memory that is shared with them. */
@NullMarked
package org.bellmanrl.gymnasium.internal;

import org.jspecify.annotations.NullMarked;
