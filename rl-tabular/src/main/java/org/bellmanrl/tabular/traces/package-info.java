/**
 * Eligibility traces: learning at every step about all steps that led here. {@link
 * org.bellmanrl.tabular.traces.TdLambda} and {@link org.bellmanrl.tabular.traces.TrueOnlineTd}
 * judge a policy, {@link org.bellmanrl.tabular.traces.SarsaLambda}, {@link
 * org.bellmanrl.tabular.traces.WatkinsQLambda} and {@link
 * org.bellmanrl.tabular.traces.TreeBackupLambda} find one, and {@link
 * org.bellmanrl.tabular.traces.OfflineLambdaReturn} is what traces approximate.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tabular.traces;

import org.jspecify.annotations.NullMarked;
