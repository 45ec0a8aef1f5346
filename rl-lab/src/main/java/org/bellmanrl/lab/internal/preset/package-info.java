/** Settings known to work for a learner on an environment. */
@NullMarked
package org.bellmanrl.lab.internal.preset;

import org.jspecify.annotations.NullMarked;
