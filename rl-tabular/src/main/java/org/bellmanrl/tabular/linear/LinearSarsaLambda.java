package org.bellmanrl.tabular.linear;

import java.util.Objects;
import java.util.Optional;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.policy.EpsilonGreedy;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * SARSA(λ) with linear function approximation.
 *
 * <pre>
 * z ← z + x(S, A), or with replacing traces z_i ← x_i(S, A) where that is not 0
 * w ← w + α [R + γ q(S', A') − q(S, A)] z
 * z ← γ λ z
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 12.7, whose box is for binary features;
 * replacing traces: Singh &amp; Sutton, <i>Reinforcement Learning with Replacing Eligibility
 * Traces</i>, Machine Learning 22, 1996. Beyond them, replacing traces take the value of a feature
 * that is not binary, and a trace below 1e-12 is taken as 0. γ is multiplied by the environment's
 * own discount; traces are cut at the end of every episode, a truncated one too.
 *
 * <p>Rows of a batch have traces of their own and are learned from one after the other. Not
 * thread-safe.
 */
public final class LinearSarsaLambda implements Learner {
  private final LinearQ q;
  private final double[] w;
  private final Scheduled stepSize;
  private final double gamma;
  private final double lambda;
  private final boolean replacing;
  private final SparseTraces[] traces;
  private final Policy behaviour;
  private final Greedy policy;

  /**
   * A learner with weights of its own, over the features that the configuration names.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public LinearSarsaLambda(LearnerContext context, Config config) {
    this(context, config, features(context, config));
  }

  /**
   * A learner with weights of its own, over any features; those that the configuration names have
   * no effect.
   *
   * @throws IllegalArgumentException if the actions are not finite
   */
  public LinearSarsaLambda(LearnerContext context, Config config, FeatureMap features) {
    this.q = new LinearQ(features, context.spec().actionSpace(), config.initialWeight());
    this.w = q.weights();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.gamma = config.gamma();
    this.lambda = config.lambda();
    this.replacing = config.replacing();
    this.traces = SparseTraces.perRow(context.rows(), q.size());
    this.behaviour =
        new EpsilonGreedy(
            q, context.spec().actionSpace(), config.epsilon(), context.progress(), config.ties());
    this.policy = new Greedy(q, context.spec().actionSpace(), config.ties());
  }

  private static FeatureMap features(LearnerContext context, Config config) {
    LinearSpaces.accepts().check("linear-sarsa-lambda", context.spec());
    return config.features().over(context.spec().observationSpace());
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Columns observations = transitions.observations().values();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      SparseTraces z = traces[row];
      if (transitions.first()[row]) {
        z.clear();
      }
      int action = q.action(transitions.actions().values(), row);
      int block = action * q.features().size();
      double reward = transitions.reward()[row];
      double discount = transitions.discount()[row];
      double tdError =
          reward + gamma * discount * next(transitions, row) - q.value(observations, row, action);
      if (replacing) {
        z.replace(q.features(), observations, row, block);
      } else {
        z.accumulate(q.features(), observations, row, block);
      }
      z.addTo(w, alpha * tdError);
      if (transitions.last(row)) {
        z.clear();
      } else {
        z.decay(gamma * lambda * discount);
      }
    }
  }

  /** q(S', A'); after a terminal state there is no A', and what counts nothing is 0. */
  private double next(Transitions transitions, int row) {
    if (transitions.discount()[row] == 0) {
      return 0;
    }
    int action = q.action(transitions.nextActions().values(), row);
    return q.value(transitions.nextObservations().values(), row, action);
  }

  /** The update needs A'. */
  @Override
  public boolean needsNextAction() {
    return true;
  }

  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** Greedy in the values. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** The values. */
  public LinearQ q() {
    return q;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(q);
  }

  @Override
  public void save(StateWriter out) {
    out.begin("linear-sarsa-lambda", 1);
    out.write("q", q);
    SparseTraces.save(traces, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("linear-sarsa-lambda", 1);
    in.read("q", q);
    SparseTraces.restore(traces, in);
    in.end();
  }

  /**
   * Hyperparameters. λ and the step size default to what does well in Sutton &amp; Barto's figure
   * 12.10 (mountain car), which explores by its initial values alone; ε and γ to what suits any
   * task.
   *
   * @param features features of the observations
   * @param stepSize α, in (0, 1]; tile coding wants it divided by the number of tilings
   * @param gamma γ, in [0, 1]
   * @param lambda λ, in [0, 1]
   * @param replacing whether a trace is set rather than added to
   * @param epsilon ε of the ε-greedy policy, in [0, 1]
   * @param ties what to do with several best actions
   * @param initialWeight every weight before anything is learned, finite
   */
  public record Config(
      @Described("features of the observation, such as tiles:8:10 or fourier:3") Features features,
      @Described(
              value = "step size; for tiles, divided by the number of tilings",
              range = "(0, 1]",
              aliases = "alpha")
          Schedule stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(value = "how slowly traces decay", range = "[0, 1]") double lambda,
      @Described("whether a trace is set to its feature, not added to") boolean replacing,
      @Described(value = "probability of exploring", range = "[0, 1]") Schedule epsilon,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what every weight is at first") double initialWeight) {
    public Config {
      Objects.requireNonNull(features);
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
      LinearSpaces.lambda(lambda);

      Checks.probability("epsilon", epsilon);
      Objects.requireNonNull(ties);
      Checks.initialValue(initialWeight);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          Features.tiles(8, 8),
          Schedule.constant(0.5 / 8),
          0.99,
          0.9,
          true,
          Schedule.constant(0.1),
          TieBreak.RANDOM,
          0);
    }
  }
}
