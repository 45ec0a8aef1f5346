package org.bellmanrl.tabular.traces;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.tabular.learner.ControlConfig;

/**
 * Hyperparameters of control learners with eligibility traces.
 *
 * @param control those of every control learner
 * @param lambda λ, in [0, 1]
 * @param kind what a visit does to a trace
 * @param clearOthers whether a visit sets the traces of the state's other actions to 0 (Singh &amp;
 *     Sutton, 1996, section 3.4)
 */
@RecordBuilder
public record LambdaControlConfig(
    ControlConfig control,
    @Described(value = "how slowly traces fade", range = Require.UNIT) double lambda,
    @Described("what a visit does to a trace") TraceKind kind,
    @Described("whether a visit clears the traces of the state's other actions")
        boolean clearOthers)
    implements LambdaControlConfigBuilder.With {
  public LambdaControlConfig {
    Require.unit("lambda", lambda);
  }

  /**
   * λ = 0.9 and replacing traces, which did well in Singh &amp; Sutton's study (1996), and the
   * book's usual ε of 0.1.
   */
  public static LambdaControlConfig defaults() {
    return new LambdaControlConfig(ControlConfig.defaults(), 0.9, TraceKind.REPLACING, false);
  }
}
