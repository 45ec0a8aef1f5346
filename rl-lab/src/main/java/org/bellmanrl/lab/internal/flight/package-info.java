/** Events of a run for Java Flight Recorder. */
@NullMarked
package org.bellmanrl.lab.internal.flight;

import org.jspecify.annotations.NullMarked;
