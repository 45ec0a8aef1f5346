/** What Java Flight Recorder is told of a run. */
@NullMarked
package org.bellmanrl.lab.internal.flight;

import org.jspecify.annotations.NullMarked;
