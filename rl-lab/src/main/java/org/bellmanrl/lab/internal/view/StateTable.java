package org.bellmanrl.lab.internal.view;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;

/** The learned value and best action of each state of a finite task. */
public final class StateTable {
  /** More states than that are not looked at. */
  private static final int MAX_STATES = 1 << 20;

  private final double[] value;
  private final int[] action;
  private final double[] numbers;
  private final int width;

  private StateTable(int states, double[] numbers, int width) {
    this.value = new double[states];
    this.action = new int[states];
    this.numbers = numbers;
    this.width = width;
  }

  /**
   * What a learner knows, if it has values and the task's states can be numbered.
   *
   * <p>The actions that a masked task allows are known for its present state only. In other states,
   * an action counts whose value has changed since the beginning; one that is never allowed never
   * learns.
   *
   * @param spec the task
   * @param learner what learned
   * @param beginner the same before it learned anything
   */
  public static Optional<StateTable> of(
      EnvironmentSpec spec, Learner learner, Supplier<? extends Learner> beginner) {
    return learner
        .values()
        .flatMap(values -> ofValues(spec, values, () -> beginner.get().values().orElseThrow()));
  }

  /**
   * As {@link #of}, of values alone.
   *
   * @param first the values before anything was learned
   */
  public static Optional<StateTable> ofValues(
      EnvironmentSpec spec, ValueFunction values, Supplier<? extends ValueFunction> first) {
    Optional<ProductIndex> index = ProductIndex.of(spec.observationSpace());
    if (index.isEmpty() || index.get().size() > MAX_STATES) {
      return Optional.empty();
    }
    int width = values.width();
    double[] numbers = numbers(spec, index.get(), values);
    if (spec.masked() && width > 1) {
      ignoreUnchanged(numbers, numbers(spec, index.get(), first.get()), width);
    }
    return Optional.of(of(numbers, width));
  }

  /** A table of known values: of each state one number, or one per action. */
  static StateTable of(double[] numbers, int width) {
    int states = numbers.length / width;
    StateTable table = new StateTable(states, numbers, width);
    for (int state = 0; state < states; state++) {
      table.take(state);
    }
    return table;
  }

  private static double[] numbers(EnvironmentSpec spec, ProductIndex index, ValueFunction values) {
    int states = index.size();
    Observations observations = new Observations(spec, states);
    for (int state = 0; state < states; state++) {
      index.set(state, observations.values(), state);
    }
    Arrays.fill(observations.mask(), true);
    double[] numbers = new double[Math.multiplyExact(states, values.width())];
    values.evaluate(Rows.all(states), observations, numbers);
    return numbers;
  }

  /** Leaves out the actions that have not learned, in states where some have. */
  private static void ignoreUnchanged(double[] numbers, double[] first, int width) {
    for (int from = 0; from < numbers.length; from += width) {
      boolean any = false;
      for (int a = from; a < from + width; a++) {
        any |= numbers[a] != first[a];
      }
      for (int a = from; any && a < from + width; a++) {
        if (numbers[a] == first[a]) {
          numbers[a] = Double.NEGATIVE_INFINITY;
        }
      }
    }
  }

  private void take(int state) {
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

  /** Numbers per state: 1, or one per action where actions have values. */
  public int width() {
    return width;
  }

  /**
   * The value of an action in a state; negative infinity if it is never allowed there.
   *
   * @param action from 0 to {@code width() - 1}
   */
  public double value(int state, int action) {
    return numbers[state * width + action];
  }
}
