/**
 * Functions for environments that are to give the same bits everywhere and to be fast in batches:
 * {@link org.bellmanrl.env.math.Trig}, since {@link Math#sin} is not the same interpreted and
 * compiled.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.math;

import org.jspecify.annotations.NullMarked;
