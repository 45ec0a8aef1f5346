package org.bellmanrl.lab.internal.view;

import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;

/** What was learned about each state of a finite task: its value, and the best action in it. */
public final class StateTable {
  /** More states than that are not looked at. */
  private static final int MAX_STATES = 1 << 20;

  private final double[] value;
  private final int[] action;

  private StateTable(int states) {
    this.value = new double[states];
    this.action = new int[states];
  }

  /** What a learner knows, if it has values and the task's states can be numbered. */
  public static Optional<StateTable> of(EnvironmentSpec spec, Learner learner) {
    Optional<ProductIndex> index = ProductIndex.of(spec.observationSpace());
    Optional<ValueFunction> values = learner.values();
    if (index.isEmpty() || values.isEmpty() || index.get().size() > MAX_STATES) {
      return Optional.empty();
    }
    int states = index.get().size();
    int width = values.get().width();
    Observations observations = new Observations(spec, states);
    for (int state = 0; state < states; state++) {
      index.get().set(state, observations.values(), state);
    }
    java.util.Arrays.fill(observations.mask(), true);
    double[] numbers = new double[Math.multiplyExact(states, width)];
    values.get().evaluate(Rows.all(states), observations, numbers);
    StateTable table = new StateTable(states);
    for (int state = 0; state < states; state++) {
      table.take(state, numbers, width);
    }
    return Optional.of(table);
  }

  private void take(int state, double[] numbers, int width) {
    int from = state * width;
    int best = 0;
    boolean alike = true;
    for (int a = 1; a < width; a++) {
      alike &= numbers[from + a] == numbers[from];
      if (numbers[from + a] > numbers[from + best]) {
        best = a;
      }
    }
    value[state] = numbers[from + best];
    action[state] = alike ? -1 : best;
  }

  /** The value of a state: of its best action, where actions have values. */
  public double value(int state) {
    return value[state];
  }

  /** The best action in a state, by index; −1 if all are as good, as in a state never seen. */
  public int action(int state) {
    return action[state];
  }
}
