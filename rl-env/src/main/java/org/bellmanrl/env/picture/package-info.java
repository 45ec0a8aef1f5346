/**
 * Pictures of bodies in three dimensions, drawn by a small renderer that needs neither a screen nor
 * a graphics card.
 *
 * <p>Start with {@link org.bellmanrl.env.picture.Stage}: put spheres, boxes, capsules, cylinders
 * and ellipsoids on it and have them drawn by a {@link org.bellmanrl.env.picture.Camera}. Pixels
 * are made of additions, multiplications, divisions and square roots alone, so that they are the
 * same bits on every machine, interpreted and compiled.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.picture;

import org.jspecify.annotations.NullMarked;
