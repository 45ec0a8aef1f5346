/** The JSON files that reports and learning results are kept in. */
@NullMarked
package org.bellmanrl.bench.file;

import org.jspecify.annotations.NullMarked;
