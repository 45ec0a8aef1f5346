package org.bellmanrl.tabular.linear;

import java.util.Arrays;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;

/**
 * Action values that are linear in features: <i>q(s, a) = wᵀ x(s, a)</i>, where x(s, a) holds the
 * features of s in a separate block for each action. The weight of feature f for action a is
 * element {@code a * features().size() + f}.
 *
 * <p>The learner that made it writes the weights. Not safe for a writer beside readers; {@link
 * #snapshot()} gives a copy that can't be written.
 */
public final class LinearQ implements ValueFunction {
  /**
   * Room for the weights so many times: there are traces of them, and each evaluation copies them.
   */
  static final int COPIES = 8;

  private final FeatureMap features;
  private final ActionIndex actionIndex;
  private final int actions;
  private final int block;
  private final double[] weights;
  private final boolean readOnly;

  /**
   * Values with the same weight everywhere.
   *
   * @param features of the observations
   * @param actionSpace a finite space
   * @param initialWeight the weight, finite
   * @throws IllegalArgumentException if the actions are not finite or there would be too many
   *     weights for an array
   */
  public LinearQ(FeatureMap features, Space actionSpace, double initialWeight) {
    Require.finite("initial_weight", initialWeight);
    this.features = features;
    this.actionIndex = ActionIndex.of(actionSpace);
    this.actions = actionIndex.size();
    this.block = features.size();
    if ((long) block * actions > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d features × %d actions don't fit an array; take fewer features"
              .formatted(block, actions));
    }
    Require.memory(
        "a weight for each of %d features × %d actions".formatted(block, actions),
        8.0 * block * actions,
        COPIES,
        "take fewer features");
    this.weights = new double[block * actions];
    this.readOnly = false;
    Arrays.fill(weights, initialWeight);
  }

  private LinearQ(LinearQ original) {
    this.features = original.features;
    this.actionIndex = original.actionIndex;
    this.actions = original.actions;
    this.block = original.block;
    this.weights = original.weights.clone();
    this.readOnly = true;
  }

  /** The features of a state. */
  public FeatureMap features() {
    return features;
  }

  /** Number of actions. */
  public int actions() {
    return actions;
  }

  /** Number of weights. */
  public int size() {
    return weights.length;
  }

  /** The weight of a feature for an action. */
  public double weight(int action, int feature) {
    return weights[action * block + feature];
  }

  /**
   * Sets the weight of a feature for an action.
   *
   * @throws IllegalStateException if this is a snapshot
   */
  public void setWeight(int action, int feature, double weight) {
    checkWritable();
    weights[action * block + feature] = weight;
  }

  /** The number of the action in a row. */
  public int action(Columns chosen, int row) {
    return actionIndex.of(chosen, row);
  }

  /** The value of an action where a row is. */
  public double value(Columns observations, int row, int action) {
    int from = action * block;
    double sum = 0;
    for (int k = 0; k < features.active(); k++) {
      sum +=
          weights[from + features.index(observations, row, k)]
              * features.value(observations, row, k);
    }
    return sum;
  }

  /**
   * Adds a multiple of the features to the weights of an action: <i>w ← w + step x(s, a)</i>.
   *
   * @throws IllegalStateException if this is a snapshot
   */
  public void add(Columns observations, int row, int action, double step) {
    checkWritable();
    int from = action * block;
    for (int k = 0; k < features.active(); k++) {
      weights[from + features.index(observations, row, k)] +=
          step * features.value(observations, row, k);
    }
  }

  /** The weights themselves, for the learners of this package. */
  double[] weights() {
    checkWritable();
    return weights;
  }

  /** The numbering of the actions. */
  ActionIndex actionIndex() {
    return actionIndex;
  }

  @Override
  public int width() {
    return actions;
  }

  @Override
  public void evaluate(Rows rows, Observations observations, double[] into) {
    Columns columns = observations.values();
    int active = features.active();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int to = row * actions;
      for (int a = 0; a < actions; a++) {
        into[to + a] = 0;
      }
      for (int k = 0; k < active; k++) {
        int index = features.index(columns, row, k);
        double value = features.value(columns, row, k);
        for (int a = 0; a < actions; a++) {
          into[to + a] += weights[a * block + index] * value;
        }
      }
    }
  }

  @Override
  public LinearQ snapshot() {
    return new LinearQ(this);
  }

  @Override
  public void carry(State state) {
    checkWritable();
    state.begin("linear-q", 1);
    state.carry("weights", weights);
    state.end();
  }

  private void checkWritable() {
    if (readOnly) {
      throw new IllegalStateException("a snapshot of linear values can't be written");
    }
  }
}
