/**
 * Pictures of numbers, as SVG and PNG: a {@link org.bellmanrl.lab.internal.plot.Chart} of lines
 * with bands, drawn on a {@link org.bellmanrl.lab.internal.plot.Surface} that anything else may
 * draw on too.
 */
@NullMarked
package org.bellmanrl.lab.internal.plot;

import org.jspecify.annotations.NullMarked;
