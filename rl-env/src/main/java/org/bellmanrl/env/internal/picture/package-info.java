/**
 * What pictures are drawn with; not part of the API.
 *
 * <p>Everything that needs Java2D is behind {@link org.bellmanrl.env.internal.picture.Canvas},
 * whose use begins with the first picture: who draws none loads none of it.
 */
@NullMarked
package org.bellmanrl.env.internal.picture;

import org.jspecify.annotations.NullMarked;
