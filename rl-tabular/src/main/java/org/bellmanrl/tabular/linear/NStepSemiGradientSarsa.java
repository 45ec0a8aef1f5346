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
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.policy.EpsilonGreedy;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * n-step SARSA with linear function approximation.
 *
 * <pre>
 * G ← R_{t+1} + γ R_{t+2} + … + γ^(n−1) R_{t+n} + γ^n q(S_{t+n}, A_{t+n})
 * w ← w + α [G − q(S_t, A_t)] x(S_t, A_t)
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 10.2. γ is multiplied by the environment's
 * own discount. The window is cut at the end of every episode: what is left in it is learned from
 * with the shorter returns, which at a truncation bootstrap from the true last observation.
 *
 * <p>Rows of a batch have windows of their own and are learned from one after the other. Not
 * thread-safe.
 */
public final class NStepSemiGradientSarsa implements Learner {
  private final LinearQ q;
  private final double[] w;
  private final Scheduled stepSize;
  private final double gamma;
  private final int n;
  private final StepBuffer[] windows;
  private final Policy behaviour;
  private final Greedy policy;

  /**
   * A learner with weights of its own, over the features that the configuration names.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public NStepSemiGradientSarsa(LearnerContext context, Config config) {
    this(context, config, features(context, config));
  }

  /**
   * A learner with weights of its own, over any features; those that the configuration names have
   * no effect.
   *
   * @throws IllegalArgumentException if the actions are not finite
   */
  public NStepSemiGradientSarsa(LearnerContext context, Config config, FeatureMap features) {
    this.q = new LinearQ(features, context.spec().actionSpace(), config.initialWeight());
    this.w = q.weights();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.gamma = config.gamma();
    this.n = config.n();
    this.windows = StepBuffer.perRow(context.rows(), features, n);
    this.behaviour =
        new EpsilonGreedy(
            q, context.spec().actionSpace(), config.epsilon(), context.progress(), config.ties());
    this.policy = new Greedy(q, context.spec().actionSpace(), config.ties());
  }

  private static FeatureMap features(LearnerContext context, Config config) {
    LinearSpaces.accepts().check("linear-n-step-sarsa", context.spec());
    return config.features().over(context.spec().observationSpace());
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      StepBuffer window = windows[row];
      if (transitions.first()[row]) {
        window.clear();
      }
      int action = q.action(transitions.actions().values(), row);
      window.add(
          transitions.observations().values(),
          row,
          action * q.features().size(),
          transitions.reward()[row],
          transitions.discount()[row]);
      if (transitions.last(row)) {
        while (window.count() > 0) {
          learn(window, alpha, next(transitions, row));
        }
      } else if (window.count() == n) {
        learn(window, alpha, next(transitions, row));
      }
    }
  }

  /** Learns from the oldest step of the window and drops it. */
  private void learn(StepBuffer window, double alpha, double bootstrap) {
    double g = bootstrap;
    for (int step = window.count() - 1; step >= 0; step--) {
      g = window.reward(step) + gamma * window.discount(step) * g;
    }
    window.addTo(w, 0, alpha * (g - window.value(0, w)));
    window.removeFirst();
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
    out.begin("linear-n-step-sarsa", 1);
    out.write("q", q);
    StepBuffer.save(windows, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("linear-n-step-sarsa", 1);
    in.read("q", q);
    StepBuffer.restore(windows, q.size(), in);
    in.end();
  }

  /**
   * Hyperparameters. n and the step size default to what does best in Sutton &amp; Barto's figure
   * 10.4 (mountain car), which explores by its initial values alone; ε and γ to what suits any
   * task.
   *
   * @param features features of the observations
   * @param stepSize α, in (0, 1]; tile coding wants it divided by the number of tilings
   * @param gamma γ, in [0, 1]
   * @param n steps of a return, at least 1
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
      @Described(value = "steps until a return bootstraps", range = "1 or more") int n,
      @Described(value = "probability of exploring", range = "[0, 1]") Schedule epsilon,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what every weight is at first") double initialWeight) {
    public Config {
      Objects.requireNonNull(features);
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
      LinearSpaces.atLeastOne("n", n);
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
          4,
          Schedule.constant(0.1),
          TieBreak.RANDOM,
          0);
    }
  }
}
