/** Runs side by side: start at {@link org.bellmanrl.lab.internal.compare.RunGroups}. */
@NullMarked
package org.bellmanrl.lab.internal.compare;

import org.jspecify.annotations.NullMarked;
