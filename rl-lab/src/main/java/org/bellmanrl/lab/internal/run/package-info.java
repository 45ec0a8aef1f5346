/** What a run is, and the folder that keeps it. */
@NullMarked
package org.bellmanrl.lab.internal.run;

import org.jspecify.annotations.NullMarked;
