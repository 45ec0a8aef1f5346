package org.bellmanrl.tabular.linear;

import java.util.Arrays;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * State values that are linear in features: <i>v(s) = wᵀ x(s)</i>.
 *
 * <p>The learner that made it writes the weights. Not safe for a writer beside readers; {@link
 * #snapshot()} gives a copy that can't be written.
 */
public final class LinearV implements ValueFunction {
  private final FeatureMap features;
  private final double[] weights;
  private final boolean readOnly;

  /**
   * Values with the same weight for every feature.
   *
   * @param initialWeight the weight, finite
   */
  public LinearV(FeatureMap features, double initialWeight) {
    Require.finite("initial_weight", initialWeight);
    this.features = features;
    Require.memory(
        "a weight for each of %d features".formatted(features.size()),
        8.0 * features.size(),
        LinearQ.COPIES,
        "take fewer features");
    this.weights = new double[features.size()];
    this.readOnly = false;
    Arrays.fill(weights, initialWeight);
  }

  private LinearV(LinearV original) {
    this.features = original.features;
    this.weights = original.weights.clone();
    this.readOnly = true;
  }

  /** The features. */
  public FeatureMap features() {
    return features;
  }

  /** The weight of a feature. */
  public double weight(int feature) {
    return weights[feature];
  }

  /**
   * Sets the weight of a feature.
   *
   * @throws IllegalStateException if this is a snapshot
   */
  public void setWeight(int feature, double weight) {
    checkWritable();
    weights[feature] = weight;
  }

  /** The value of what a row shows. */
  public double value(Columns observations, int row) {
    double sum = 0;
    for (int k = 0; k < features.active(); k++) {
      sum += weights[features.index(observations, row, k)] * features.value(observations, row, k);
    }
    return sum;
  }

  /**
   * Adds a multiple of the features to the weights: <i>w ← w + step x</i>.
   *
   * @throws IllegalStateException if this is a snapshot
   */
  public void add(Columns observations, int row, double step) {
    checkWritable();
    for (int k = 0; k < features.active(); k++) {
      weights[features.index(observations, row, k)] += step * features.value(observations, row, k);
    }
  }

  /** The weights themselves, for the learners of this package. */
  double[] weights() {
    checkWritable();
    return weights;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public void evaluate(Rows rows, Observations observations, double[] into) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      into[row] = value(observations.values(), row);
    }
  }

  @Override
  public LinearV snapshot() {
    return new LinearV(this);
  }

  @Override
  public void carry(State state) {
    checkWritable();
    state.begin("linear-v", 1);
    state.carry("weights", weights);
    state.end();
  }

  private void checkWritable() {
    if (readOnly) {
      throw new IllegalStateException("a snapshot of linear values can't be written");
    }
  }
}
