/**
 * Learned policies for other programs: start at {@link
 * org.bellmanrl.lab.internal.export.OnnxExport}.
 */
@NullMarked
package org.bellmanrl.lab.internal.export;

import org.jspecify.annotations.NullMarked;
