package org.bellmanrl.tabular.table;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.States;

/**
 * V(s): a value per state.
 *
 * <p>States are numbered by a {@link StateIndex}: in advance if observations are finite, or as they
 * are seen; the table then grows. The learner that made the table writes it and gives states their
 * numbers. Not safe for a writer beside readers; {@link #snapshot()} gives a copy that can't be
 * written.
 */
public final class VTable implements ValueFunction {
  private final EnvironmentSpec spec;
  private final StateIndex index;
  private final double initialValue;
  private final boolean readOnly;
  private double[] values;

  /**
   * A table of all states of a task, with the same value everywhere.
   *
   * @param spec the task, of finite observations
   * @param initialValue the value, finite
   * @throws IllegalArgumentException if the observations are not finite or the table would be too
   *     large
   */
  public VTable(EnvironmentSpec spec, double initialValue) {
    this(spec, DenseStates.of(spec, 1), initialValue);
  }

  /**
   * A table with the same value everywhere.
   *
   * @param spec the task
   * @param states numbers its states; owned by the table from now on
   * @param initialValue the value, finite
   */
  public VTable(EnvironmentSpec spec, StateIndex states, double initialValue) {
    Require.finite("initial_value", initialValue);
    this.spec = spec;
    this.index = states;
    this.initialValue = initialValue;
    this.values = new double[States.entries(spec, index.size(), 1)];
    this.readOnly = false;
    Arrays.fill(values, initialValue);
  }

  private VTable(VTable original) {
    this.spec = original.spec;
    this.index = original.index.snapshot();
    this.initialValue = original.initialValue;
    this.values = original.values.clone();
    this.readOnly = true;
  }

  /** Number of states: all of a finite space, or those seen so far. */
  public int states() {
    return index.size();
  }

  /** The state that a row shows; a state that has no number gets one. */
  public int state(Observations observations, int row) {
    int state = index.number(observations.values(), row);
    if (state >= values.length) {
      int length = values.length;
      values = Arrays.copyOf(values, Math.max(index.size(), States.doubled(length)));
      Arrays.fill(values, length, values.length, initialValue);
    }
    return state;
  }

  /** The value of the state that a row shows; the initial value of one that has no number. */
  public double value(Observations observations, int row) {
    int state = index.find(observations.values(), row);
    return state < 0 ? initialValue : values[state];
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
      into[row] = value(observations, row);
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
    state.carry("states", index);
    if (state.restoring() && index.size() > values.length) {
      values = new double[States.entries(spec, index.size(), 1)];
    }
    state.carry("v", values, 0, index.size());
    Arrays.fill(values, index.size(), values.length, initialValue);
    state.end();
  }

  private void checkWritable() {
    if (readOnly) {
      throw new IllegalStateException("a snapshot of a table can't be written");
    }
  }
}
