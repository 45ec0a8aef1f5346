/** Checkpoints, from which a run continues after it was stopped or killed. */
@NullMarked
package org.bellmanrl.lab.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
