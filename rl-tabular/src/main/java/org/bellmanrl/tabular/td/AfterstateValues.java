package org.bellmanrl.tabular.td;

import java.util.Arrays;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.model.Afterstates;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.States;

/**
 * Action values by way of afterstates: <i>q(s, a) = r(s, a) + W(y(s, a))</i>, where y is the
 * afterstate and r what is known at once of the reward.
 *
 * <p>The learner that made it writes W. Not safe for a writer beside readers; {@link #snapshot()}
 * gives a copy that can't be written.
 */
public final class AfterstateValues implements ValueFunction {
  private final Afterstates afterstates;
  private final ProductIndex states;
  private final ActionIndex actions;
  private final double[] w;
  private final boolean readOnly;

  AfterstateValues(
      Afterstates afterstates, Space observations, Space actionSpace, double initialValue) {
    this.afterstates = afterstates;
    this.states = States.index(observations);
    this.actions = ActionIndex.of(actionSpace);
    this.w = new double[afterstates.afterstates()];
    this.readOnly = false;
    Arrays.fill(w, initialValue);
  }

  private AfterstateValues(AfterstateValues original) {
    this.afterstates = original.afterstates;
    this.states = original.states;
    this.actions = original.actions;
    this.w = original.w.clone();
    this.readOnly = true;
  }

  /** W: the value of an afterstate. */
  public double get(int afterstate) {
    return w[afterstate];
  }

  /** The value of an action in a state. */
  public double value(int state, int action) {
    return afterstates.reward(state, action) + w[afterstates.afterstate(state, action)];
  }

  /** The state in a row. */
  int state(Observations observations, int row) {
    return states.of(observations.values(), row);
  }

  /** The largest value of an action that a row allows, or of all where it allows none. */
  double best(Observations observations, int row) {
    int state = state(observations, row);
    double best = Double.NEGATIVE_INFINITY;
    double bestOfAll = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < actions.size(); a++) {
      double value = value(state, a);
      bestOfAll = Math.max(bestOfAll, value);
      if (actions.allows(observations, row, a)) {
        best = Math.max(best, value);
      }
    }
    return best == Double.NEGATIVE_INFINITY ? bestOfAll : best;
  }

  void add(int afterstate, double difference) {
    w[afterstate] += difference;
  }

  @Override
  public int width() {
    return actions.size();
  }

  @Override
  public void evaluate(Rows rows, Observations observations, double[] values) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int state = state(observations, row);
      for (int a = 0; a < actions.size(); a++) {
        values[row * actions.size() + a] = value(state, a);
      }
    }
  }

  @Override
  public AfterstateValues snapshot() {
    return new AfterstateValues(this);
  }

  @Override
  public void carry(State state) {
    if (readOnly) {
      throw new IllegalStateException("a snapshot of afterstate values can't be written");
    }
    state.begin("afterstate-values", 1);
    state.carry("w", w);
    state.end();
  }
}
