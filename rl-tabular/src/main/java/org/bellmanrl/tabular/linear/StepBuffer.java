package org.bellmanrl.tabular.linear;

import java.util.Arrays;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;

/**
 * Steps of the episode that a row is in, oldest first: the features of what was left, the reward,
 * and the environment's discount.
 */
final class StepBuffer implements Stateful {
  private static final int MAX_STEPS = 1 << 30;

  private final FeatureMap features;
  private final int active;
  private final int weights;
  private int head;
  private int count;
  private int[] indices;
  private double[] values;
  private double[] rewards;
  private double[] discounts;

  /**
   * Creates an empty buffer.
   *
   * @param capacity number of steps that there is room for at first
   * @param weights number of weights that the steps are of
   */
  StepBuffer(FeatureMap features, int capacity, int weights) {
    this.features = features;
    this.active = features.active();
    this.weights = weights;
    this.indices = new int[Math.multiplyExact(capacity, active)];
    this.values = new double[indices.length];
    this.rewards = new double[capacity];
    this.discounts = new double[capacity];
  }

  static StepBuffer[] perRow(int rows, FeatureMap features, int capacity, int weights) {
    Require.memory(
        "a window of n = %d steps of %d features for each of %d rows"
            .formatted(capacity, features.active(), rows),
        (double) rows * capacity * (16 + 12.0 * features.active()));
    StepBuffer[] buffers = new StepBuffer[rows];
    Arrays.setAll(buffers, row -> new StepBuffer(features, capacity, weights));
    return buffers;
  }

  int count() {
    return count;
  }

  void clear() {
    head = 0;
    count = 0;
  }

  /** Adds a step; {@code offset} is where in the weights the block of its features begins. */
  void add(Columns observations, int row, int offset, double reward, double discount) {
    if (count == rewards.length) {
      grow();
    }
    int slot = slot(count++);
    for (int k = 0; k < active; k++) {
      indices[slot * active + k] = offset + features.index(observations, row, k);
      values[slot * active + k] = features.value(observations, row, k);
    }
    rewards[slot] = reward;
    discounts[slot] = discount;
  }

  void removeFirst() {
    head = slot(1);
    count--;
  }

  double reward(int step) {
    return rewards[slot(step)];
  }

  double discount(int step) {
    return discounts[slot(step)];
  }

  /** wᵀ x of a step. */
  double value(int step, double[] weights) {
    int from = slot(step) * active;
    double sum = 0;
    for (int k = from; k < from + active; k++) {
      sum += weights[indices[k]] * values[k];
    }
    return sum;
  }

  /** w ← w + size x of a step. */
  void addTo(double[] weights, int step, double size) {
    int from = slot(step) * active;
    for (int k = from; k < from + active; k++) {
      weights[indices[k]] += size * values[k];
    }
  }

  private int slot(int step) {
    int slot = head + step;
    return slot >= rewards.length ? slot - rewards.length : slot;
  }

  private void grow() {
    if (2L * count > MAX_STEPS || 2L * indices.length > Integer.MAX_VALUE - 8) {
      throw new LearningException(
          "an episode of more than %d steps can't be kept; give the task an episode limit"
              .formatted(count));
    }
    rotate();
    int capacity = Math.max(1, 2 * count);
    indices = Arrays.copyOf(indices, capacity * active);
    values = Arrays.copyOf(values, capacity * active);
    rewards = Arrays.copyOf(rewards, capacity);
    discounts = Arrays.copyOf(discounts, capacity);
  }

  /** Moves the first step to the front. */
  private void rotate() {
    if (head == 0) {
      return;
    }
    int[] i = new int[indices.length];
    double[] v = new double[values.length];
    double[] r = new double[rewards.length];
    double[] d = new double[rewards.length];
    for (int step = 0; step < count; step++) {
      int slot = slot(step);
      System.arraycopy(indices, slot * active, i, step * active, active);
      System.arraycopy(values, slot * active, v, step * active, active);
      r[step] = rewards[slot];
      d[step] = discounts[slot];
    }
    indices = i;
    values = v;
    rewards = r;
    discounts = d;
    head = 0;
  }

  @Override
  public void carry(State state) {
    rotate();
    state.begin("step-buffer", 1);
    int[] i = state.carryUpTo("indices", indices, count * active, Integer.MAX_VALUE - 8);
    double[] v = state.carryUpTo("values", values, count * active, Integer.MAX_VALUE - 8);
    double[] r = state.carryUpTo("rewards", rewards, count, MAX_STEPS);
    double[] d = state.carryUpTo("discounts", discounts, count, MAX_STEPS);
    state.end();
    if (state.restoring()) {
      restore(i, v, r, d);
    }
  }

  private void restore(int[] i, double[] v, double[] r, double[] d) {
    if (i.length != (long) r.length * active || v.length != i.length || d.length != r.length) {
      throw new StateException(
          "saved steps have %d indices, %d values, %d rewards and %d discounts of %d features each"
              .formatted(i.length, v.length, r.length, d.length, active));
    }
    for (int index : i) {
      if (index < 0 || index >= weights) {
        throw new StateException("a saved step has feature %d of %d".formatted(index, weights));
      }
    }
    clear();
    while (rewards.length < r.length) {
      count = rewards.length;
      grow();
    }
    System.arraycopy(i, 0, indices, 0, i.length);
    System.arraycopy(v, 0, values, 0, v.length);
    System.arraycopy(r, 0, rewards, 0, r.length);
    System.arraycopy(d, 0, discounts, 0, d.length);
    count = r.length;
  }
}
