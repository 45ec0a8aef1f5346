/** Puts environments, learners and runs together. */
@NullMarked
package org.bellmanrl.lab.internal.assembly;

import org.jspecify.annotations.NullMarked;
