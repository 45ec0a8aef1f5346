/** What a run goes on from after it was stopped or killed. */
@NullMarked
package org.bellmanrl.lab.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
