package org.bellmanrl.tabular.montecarlo;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.tabular.table.Tables;

/**
 * Hyperparameters that learning from the returns of whole episodes has in common.
 *
 * @param gamma γ, in [0, 1]
 * @param visits which visits count
 * @param initialValue the values before anything is learned, finite; averages forget it
 * @param values the id of the table, such as {@value Tables#DENSE} or {@value Tables#HASHED}
 */
@RecordBuilder
public record MonteCarloConfig(
    @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
    @Described("which visits of an episode count") Visits visits,
    @Described(value = "value before anything is learned", range = Require.FINITE)
        double initialValue,
    @Described("id of the table that holds the values: dense, hashed or a plugin's") String values)
    implements MonteCarloConfigBuilder.With {
  public MonteCarloConfig {
    Require.unit("gamma", gamma);
    Require.finite("initial_value", initialValue);
  }

  /** Returns the defaults: γ = 0.99, and first visits as in Sutton &amp; Barto's boxes. */
  public static MonteCarloConfig defaults() {
    return new MonteCarloConfig(0.99, Visits.FIRST, 0, Tables.DENSE);
  }
}
