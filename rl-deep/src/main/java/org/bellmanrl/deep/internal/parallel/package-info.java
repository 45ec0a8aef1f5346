/** Further threads for learners, where they help. */
@NullMarked
package org.bellmanrl.deep.internal.parallel;

import org.jspecify.annotations.NullMarked;
