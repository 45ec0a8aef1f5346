/**
 * Spaces: what observations and actions look like, and the columns that hold them.
 *
 * <p>Start at {@link org.bellmanrl.api.space.Space}. A space describes one value; its {@link
 * org.bellmanrl.api.space.Layout} says where that value lies in a row; {@link
 * org.bellmanrl.api.space.Columns} hold one such row per environment.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api.space;

import org.jspecify.annotations.NullMarked;
