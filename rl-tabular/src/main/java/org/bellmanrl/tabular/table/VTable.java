package org.bellmanrl.tabular.table;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.States;

/**
 * V(s): a value per state.
 *
 * <p>States are the numbers of the values of a finite space (Discrete, or products of such, the
 * last part varying fastest). The learner that made the table writes it. Not safe for a writer
 * beside readers; {@link #snapshot()} gives a copy that can't be written.
 */
public final class VTable implements ValueFunction {
  private final ProductIndex index;
  private final double[] values;
  private final boolean readOnly;

  /**
   * A table with the same value everywhere.
   *
   * @param spec the task, of finite observations
   * @param initialValue the value, finite
   * @throws IllegalArgumentException if the observations are not finite
   */
  public VTable(EnvironmentSpec spec, double initialValue) {
    Checks.initialValue(initialValue);
    this.index = States.index(spec.observationSpace());
    this.values = new double[States.entries(spec, index.size(), 1)];
    this.readOnly = false;
    Arrays.fill(values, initialValue);
  }

  private VTable(VTable original) {
    this.index = original.index;
    this.values = original.values.clone();
    this.readOnly = true;
  }

  /** Number of states. */
  public int states() {
    return values.length;
  }

  /** The state that a row shows. */
  public int state(Observations observations, int row) {
    return index.of(observations.values(), row);
  }

  /** The value of a state. */
  public double get(int state) {
    return values[state];
  }

  /**
   * Sets the value of a state.
   *
   * @throws IllegalStateException if this is a snapshot
   */
  public void set(int state, double value) {
    checkWritable();
    values[state] = value;
  }

  /**
   * Adds to the value of a state.
   *
   * @throws IllegalStateException if this is a snapshot
   */
  public void add(int state, double difference) {
    checkWritable();
    values[state] += difference;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public void evaluate(Rows rows, Observations observations, double[] into) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      into[row] = values[state(observations, row)];
    }
  }

  @Override
  public VTable snapshot() {
    return new VTable(this);
  }

  @Override
  public void carry(State state) {
    checkWritable();
    state.begin("v-table", 1);
    state.expect("states", states());
    state.carry("v", values);
    state.end();
  }

  private void checkWritable() {
    if (readOnly) {
      throw new IllegalStateException("a snapshot of a table can't be written");
    }
  }

  /**
   * What a table can be told.
   *
   * @param initialValue what every entry holds at first
   */
  public record Config(@Described("what every entry holds at first") double initialValue) {
    public Config {
      Checks.initialValue(initialValue);
    }
  }
}
