package org.bellmanrl.tabular.linear;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;

/**
 * LSTD(λ): computes what TD(λ) would converge to on the transitions so far, without a step size.
 *
 * <pre>
 * z ← γ λ z + x(S)
 * A ← A + z [x(S) − γ x(S')]ᵀ,  b ← b + z R
 * w = A⁻¹ b
 * </pre>
 *
 * <p>Source: Bradtke &amp; Barto, <i>Linear Least-Squares Algorithms for Temporal Difference
 * Learning</i>, Machine Learning 22, 1996; Boyan, <i>Technical Update: Least-Squares Temporal
 * Difference Learning</i>, Machine Learning 49, 2002 (λ); Sutton &amp; Barto, 2nd ed., 2018,
 * section 9.8. A begins as a small multiple of the identity, and its inverse is updated by Sherman
 * and Morrison's formula in O(d²) for d features; a transition that would make A singular is left
 * out. γ is multiplied by the environment's own discount; traces are cut at the end of every
 * episode.
 *
 * <p>Behaviour, which is judged, is a fixed probability of each action. Each row of a batch has its
 * own traces; rows are learned from one after the other. Not thread-safe.
 */
public final class Lstd extends LinearPrediction {
  /** The id of this learner. */
  public static final String ID = "lstd";

  private static final double SINGULAR = 1e-12;

  private final double lambda;
  private final int d;
  private final double[] inverse;
  private final double[] b;
  private final double[] z;
  private final double[] w;
  private final double[] difference;
  private final double[] left;
  private final double[] right;

  /**
   * Creates a learner whose weights are all 0.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted, or there are too many
   *     features for a matrix
   */
  public Lstd(LearnerContext context, Config config) {
    super(ID, context, config.prediction(), List.of());
    this.lambda = config.lambda();
    this.d = v.features().size();
    if ((long) d * d > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%s keeps a matrix of features × features, and %d² numbers don't fit an array; take fewer"
              .formatted(ID, d));
    }
    Require.memory("a matrix of %d² numbers".formatted(d), 8.0 * d * d, 2, "take fewer features");
    this.inverse = new double[d * d];
    for (int i = 0; i < d; i++) {
      inverse[i * d + i] = 1 / config.regularisation();
    }
    this.b = new double[d];
    this.z = new double[Math.multiplyExact(context.rows(), d)];
    this.w = v.weights();
    this.difference = new double[d];
    this.left = new double[d];
    this.right = new double[d];
  }

  @Override
  public void observe(Transitions transitions) {
    super.observe(transitions);
    for (int i = 0; i < d; i++) {
      double sum = 0;
      for (int j = 0; j < d; j++) {
        sum += inverse[i * d + j] * b[j];
      }
      w[i] = sum;
    }
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    int from = row * d;
    if (transitions.first()[row]) {
      Arrays.fill(z, from, from + d, 0);
    }
    double discount = gamma * transitions.discount()[row];
    Arrays.fill(difference, 0);
    FeatureMap features = v.features();
    Columns now = transitions.observations().values();
    Columns next = transitions.nextObservations().values();
    for (int k = 0; k < features.active(); k++) {
      int index = features.index(now, row, k);
      double value = features.value(now, row, k);
      z[from + index] += value;
      difference[index] += value;
      difference[features.index(next, row, k)] -= discount * features.value(next, row, k);
    }
    addToSystem(from, transitions.reward()[row]);
    for (int j = from; j < from + d; j++) {
      z[j] *= discount * lambda;
    }
  }

  private void addToSystem(int from, double reward) {
    Arrays.fill(right, 0);
    double denominator = 1;
    for (int i = 0; i < d; i++) {
      double sum = 0;
      double weight = difference[i];
      for (int j = 0; j < d; j++) {
        sum += inverse[i * d + j] * z[from + j];
        right[j] += weight * inverse[i * d + j];
      }
      left[i] = sum;
      denominator += weight * sum;
    }
    if (Math.abs(denominator) < SINGULAR) {
      return;
    }
    for (int i = 0; i < d; i++) {
      double factor = left[i] / denominator;
      for (int j = 0; j < d; j++) {
        inverse[i * d + j] -= factor * right[j];
      }
      b[i] += reward * z[from + i];
    }
  }

  @Override
  protected void carryMore(State state) {
    state.carry("inverse", inverse);
    state.carry("b", b);
    state.carry("z", z);
  }

  /**
   * Hyperparameters.
   *
   * @param features features of the observations
   * @param regularisation what A begins with on its diagonal, above 0
   * @param gamma γ, in [0, 1]
   * @param lambda λ, in [0, 1]
   * @param behaviour probability of each action while learning; none for all the same
   */
  @RecordBuilder
  public record Config(
      @Described("features of the observation, such as tiles:8:10 or fourier:3") Features features,
      @Described(
              value = "strength of the initial regularisation of weights towards 0",
              range = Require.POSITIVE)
          double regularisation,
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(value = "how slowly traces decay", range = Require.UNIT) double lambda,
      @Described("probability of each action while learning; none for all the same")
          List<Double> behaviour)
      implements LstdConfigBuilder.With {
    public Config {
      Objects.requireNonNull(features);
      Require.positive("regularisation", regularisation);
      Require.unit("gamma", gamma);
      Require.unit("lambda", lambda);
      behaviour = List.copyOf(behaviour);
    }

    /** Returns what this has in common with other predictions; there is no step size. */
    LinearPredictionConfig prediction() {
      return new LinearPredictionConfig(features, Schedule.constant(1), gamma, behaviour, 0);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(Features.fourier(3), 0.01, 0.99, 0, List.of());
    }
  }
}
