package com.example.drive;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * A table of Q(s, a), 0 at first, for finite observations and Discrete actions.
 *
 * <p>The learner writes, others read; {@link #snapshot()} is safe for any number of threads.
 */
final class ActionValues implements ValueFunction {
  private final ProductIndex states;
  private final int firstAction;
  private final int actions;
  private final double[] values;

  /** A table for a task whose spaces the learner accepts. */
  ActionValues(EnvironmentSpec spec) {
    Discrete space = (Discrete) spec.actionSpace();
    this.states = ProductIndex.of(spec.observationSpace()).orElseThrow();
    this.firstAction = space.start();
    this.actions = space.n();
    this.values = new double[Math.multiplyExact(states.size(), actions)];
  }

  private ActionValues(ActionValues original) {
    this.states = original.states;
    this.firstAction = original.firstAction;
    this.actions = original.actions;
    this.values = original.values.clone();
  }

  /** Where the value of what a row shows and does stands. */
  int entry(Observations observations, Columns chosen, int row) {
    return base(observations, row) + chosen.ints()[row] - firstAction;
  }

  /** Where the values of what a row shows begin, an entry per action. */
  int base(Observations observations, int row) {
    return states.of(observations.values(), row) * actions;
  }

  double get(int entry) {
    return values[entry];
  }

  void add(int entry, double difference) {
    values[entry] += difference;
  }

  /** The largest value among the actions that a row allows; 0 if it allows none, at an end. */
  double max(Observations observations, int row) {
    int base = base(observations, row);
    double max = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < actions; a++) {
      if (observations.allows(row, a)) {
        max = Math.max(max, values[base + a]);
      }
    }
    return max == Double.NEGATIVE_INFINITY ? 0 : max;
  }

  /** The action of an index, as the space counts it. */
  int action(int index) {
    return firstAction + index;
  }

  @Override
  public int width() {
    return actions;
  }

  @Override
  public void evaluate(Rows rows, Observations observations, double[] into) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      System.arraycopy(values, base(observations, row), into, row * actions, actions);
    }
  }

  @Override
  public ActionValues snapshot() {
    return new ActionValues(this);
  }

  @Override
  public void carry(State state) {
    state.begin("action-values", 1);
    state.carry("q", values);
    state.end();
  }
}
