package org.bellmanrl.tabular.traces;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.tabular.learner.PredictionConfig;

/**
 * Hyperparameters of prediction learners that average n-step returns by λ.
 *
 * @param prediction those of every prediction learner
 * @param lambda λ, in [0, 1]
 */
@RecordBuilder
public record LambdaPredictionConfig(
    PredictionConfig prediction,
    @Described(value = "how slowly traces fade", range = Require.UNIT) double lambda)
    implements LambdaPredictionConfigBuilder.With {
  public LambdaPredictionConfig {
    Require.unit("lambda", lambda);
  }

  /**
   * Values of λ and the step size that do well in Sutton &amp; Barto's figures 12.3, 12.6 and 12.8
   * (random walk of 19 states).
   */
  public static LambdaPredictionConfig defaults() {
    return new LambdaPredictionConfig(PredictionConfig.defaults(), 0.8);
  }
}
