/** Files of reports: {@link org.bellmanrl.bench.file.ReportFile}, over sealed JSON. */
@NullMarked
package org.bellmanrl.bench.file;

import org.jspecify.annotations.NullMarked;
