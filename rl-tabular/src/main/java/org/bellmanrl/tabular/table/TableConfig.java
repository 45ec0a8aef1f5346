package org.bellmanrl.tabular.table;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of a table. A plugin's value function that has these options can be the {@code
 * values} of every tabular learner:
 *
 * <pre>{@code
 * offers.add(
 *     ValueFunctionEntry.of(
 *         "example/boards",
 *         "a table of boards up to symmetry",
 *         TableConfig::defaults,
 *         (spec, config) -> config.table(spec, new BoardIndex())));
 * }</pre>
 *
 * @param estimates what is estimated
 * @param initialValue the value everywhere before anything is learned, finite
 */
@RecordBuilder
public record TableConfig(
    @Described("what is estimated") Estimates estimates,
    @Described(value = "value before anything is learned", range = Require.FINITE)
        double initialValue)
    implements TableConfigBuilder.With {
  public TableConfig {
    Require.finite("initial_value", initialValue);
  }

  /** Returns the options of a table of action values that are 0. */
  public static TableConfig defaults() {
    return new TableConfig(Estimates.ACTION_VALUES, 0);
  }

  /** Makes a table whose states are numbered by an index. */
  public ValueFunction table(EnvironmentSpec spec, StateIndex states) {
    return switch (estimates) {
      case ACTION_VALUES -> new QTable(spec, states, initialValue);
      case STATE_VALUES -> new VTable(spec, states, initialValue);
    };
  }

  /** What a table estimates. */
  public enum Estimates {
    /** Q(s, a), in a {@link QTable}. */
    ACTION_VALUES,
    /** V(s), in a {@link VTable}. */
    STATE_VALUES
  }
}
