/**
 * The benchmark report: runs the JMH suites, sets every figure beside its limit, keeps what was
 * measured and says what got slower. {@link org.bellmanrl.bench.report.Catalogue} is where a suite
 * is entered.
 */
@NullMarked
package org.bellmanrl.bench.report;

import org.jspecify.annotations.NullMarked;
