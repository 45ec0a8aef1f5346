/** A second thread for learners, where it helps. */
@NullMarked
package org.bellmanrl.deep.internal.parallel;

import org.jspecify.annotations.NullMarked;
