/**
 * The catalogue of this module: the tabular and linear learners, tables and policies that it offers
 * by id.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tabular;

import org.jspecify.annotations.NullMarked;
