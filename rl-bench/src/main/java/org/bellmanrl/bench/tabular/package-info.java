/** The inner loops of tabular methods, beside bare loops of the same arithmetic. */
@NullMarked
package org.bellmanrl.bench.tabular;

import org.jspecify.annotations.NullMarked;
