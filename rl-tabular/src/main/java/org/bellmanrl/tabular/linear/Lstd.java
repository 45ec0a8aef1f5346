package org.bellmanrl.tabular.linear;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.policy.FixedPolicy;

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
 * <p>Behaviour, which is judged, is a fixed probability of each action. Rows of a batch have traces
 * of their own and are learned from one after the other. Not thread-safe.
 */
public final class Lstd implements Learner {
  private static final double SINGULAR = 1e-12;

  private final LinearV v;
  private final double gamma;
  private final double lambda;
  private final int d;
  private final double[] inverse;
  private final double[] b;
  private final double[] z;
  private final double[] w;
  private final double[] difference;
  private final double[] left;
  private final double[] right;
  private final FixedPolicy behaviour;

  /**
   * A learner with weights of its own, over the features that the configuration names.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public Lstd(LearnerContext context, Config config) {
    this(context, config, features(context, config));
  }

  /**
   * A learner with weights of its own, over any features; those that the configuration names have
   * no effect.
   *
   * @throws IllegalArgumentException if the actions are not finite
   */
  public Lstd(LearnerContext context, Config config, FeatureMap features) {
    Space actionSpace = context.spec().actionSpace();
    this.v = new LinearV(features, 0);
    this.gamma = config.gamma();
    this.lambda = config.lambda();
    this.d = features.size();
    if ((long) d * d > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "lstd keeps a matrix of features × features, and %d² numbers don't fit an array; take fewer"
              .formatted(d));
    }
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
    this.behaviour = new FixedPolicy(actionSpace, config.behaviour());
  }

  private static FeatureMap features(LearnerContext context, Config config) {
    LinearSpaces.accepts().check("lstd", context.spec());
    return config.features().over(context.spec().observationSpace());
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
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
      learn(from, transitions.reward()[row]);
      for (int j = from; j < from + d; j++) {
        z[j] *= discount * lambda;
      }
    }
    for (int i = 0; i < d; i++) {
      double sum = 0;
      for (int j = 0; j < d; j++) {
        sum += inverse[i * d + j] * b[j];
      }
      w[i] = sum;
    }
  }

  private void learn(int from, double reward) {
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
  public Policy behaviour() {
    return behaviour;
  }

  /** The policy that is judged. */
  @Override
  public Policy policy() {
    return behaviour;
  }

  /** The values. */
  public LinearV v() {
    return v;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(v);
  }

  @Override
  public void carry(State state) {
    state.begin("lstd", 1);
    state.carry("v", v);
    state.carry("inverse", inverse);
    state.carry("b", b);
    state.carry("z", z);
    state.end();
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
  public record Config(
      @Described("features of the observation, such as tiles:8:10 or fourier:3") Features features,
      @Described(value = "how firmly weights are held to 0 at first", range = "above 0")
          double regularisation,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(value = "how slowly traces decay", range = "[0, 1]") double lambda,
      @Described("probability of each action while learning; none for all the same")
          List<Double> behaviour) {
    public Config {
      Objects.requireNonNull(features);
      if (!(regularisation > 0 && Double.isFinite(regularisation))) {
        throw new IllegalArgumentException(
            "regularisation must be above 0 and finite, was " + regularisation);
      }
      Checks.gamma(gamma);
      LinearSpaces.lambda(lambda);
      behaviour = List.copyOf(behaviour);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(Features.fourier(3), 0.01, 0.99, 0, List.of());
    }
  }
}
