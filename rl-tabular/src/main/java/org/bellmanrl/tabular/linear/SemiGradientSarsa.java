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
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.policy.EpsilonGreedy;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * SARSA with linear function approximation.
 *
 * <pre>w ← w + α [R + γ q(S', A') − q(S, A)] x(S, A)</pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 10.1. The loop draws A' once, before the
 * update as in the book's box, hands it over here and plays it. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class SemiGradientSarsa implements Learner {
  private final LinearQ q;
  private final Scheduled stepSize;
  private final double gamma;
  private final Policy behaviour;
  private final Greedy policy;

  /**
   * A learner with weights of its own, over the features that the configuration names.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public SemiGradientSarsa(LearnerContext context, Config config) {
    this(context, config, features(context, config));
  }

  /**
   * A learner with weights of its own, over any features; those that the configuration names have
   * no effect.
   *
   * @throws IllegalArgumentException if the actions are not finite
   */
  public SemiGradientSarsa(LearnerContext context, Config config, FeatureMap features) {
    this.q = new LinearQ(features, context.spec().actionSpace(), config.initialWeight());
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.gamma = config.gamma();
    this.behaviour =
        new EpsilonGreedy(
            q, context.spec().actionSpace(), config.epsilon(), context.progress(), config.ties());
    this.policy = new Greedy(q, context.spec().actionSpace(), config.ties());
  }

  private static FeatureMap features(LearnerContext context, Config config) {
    LinearSpaces.accepts().check("linear-sarsa", context.spec());
    return config.features().over(context.spec().observationSpace());
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Columns observations = transitions.observations().values();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int action = q.action(transitions.actions().values(), row);
      double reward = transitions.reward()[row];
      double discount = transitions.discount()[row];
      double tdTarget = reward + gamma * discount * next(transitions, row);
      q.add(observations, row, action, alpha * (tdTarget - q.value(observations, row, action)));
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
  public void carry(State state) {
    state.begin("linear-sarsa", 1);
    state.carry("q", q);
    state.end();
  }

  /**
   * Hyperparameters. Features and step size default to those of Sutton &amp; Barto's example 10.1
   * (mountain car), which explores by its initial values alone; ε and γ to what suits any task.
   *
   * @param features features of the observations
   * @param stepSize α, in (0, 1]; tile coding wants it divided by the number of tilings
   * @param gamma γ, in [0, 1]
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
      @Described(value = "probability of exploring", range = "[0, 1]") Schedule epsilon,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what every weight is at first") double initialWeight) {
    public Config {
      Objects.requireNonNull(features);
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
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
          Schedule.constant(0.1),
          TieBreak.RANDOM,
          0);
    }
  }
}
