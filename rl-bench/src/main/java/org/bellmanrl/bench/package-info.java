/** JMH benchmarks; each stands beside a bare loop that does the same arithmetic in the same run. */
@NullMarked
package org.bellmanrl.bench;

import org.jspecify.annotations.NullMarked;
