/**
 * The catalogue of this module: the learners that compute with neural networks that it offers by
 * id.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.deep;

import org.jspecify.annotations.NullMarked;
