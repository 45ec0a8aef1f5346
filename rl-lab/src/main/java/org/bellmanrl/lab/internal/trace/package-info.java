/** Recorded episodes, replayed against an environment. */
@NullMarked
package org.bellmanrl.lab.internal.trace;

import org.jspecify.annotations.NullMarked;
