package org.bellmanrl.tabular.td;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.StepWindow;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * Learns the values of the policy that it behaves by from the rewards of n steps and the
 * expectation over the action after them.
 *
 * <pre>
 * G ← R₁ + γ R₂ + … + γⁿ⁻¹ Rₙ + γⁿ Σ_a π(a|Sₙ) Q(Sₙ, a)
 * Q(S₀, A₀) ← Q(S₀, A₀) + α [G − Q(S₀, A₀)]
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, equation 7.7.
 *
 * <p>At the end of an episode, a truncation too, steps get the shorter targets that there are:
 * nothing reaches into the next episode. γ is multiplied by the environment's own discount, which
 * is 0 after a terminal state; at a truncation targets bootstrap from the true last observation.
 *
 * <p>Holds the last n steps of every row. Rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class NStepExpectedSarsa extends NStepControl {

  /**
   * A learner with a table of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public NStepExpectedSarsa(LearnerContext context, Config config) {
    super(
        "n-step-expected-sarsa",
        context,
        config.n(),
        config.stepSize(),
        config.gamma(),
        config.exploration(),
        config.epsilon(),
        config.temperature(),
        config.ties(),
        config.initialValue());
  }

  @Override
  double bootstrap(Transitions transitions, int row) {
    return expected(transitions, row);
  }

  @Override
  double target(StepWindow window, int step, double bootstrap) {
    double g = bootstrap;
    for (int k = window.length() - 1; k >= step; k--) {
      g = window.reward(k) + gamma * window.discount(k) * g;
    }
    return g;
  }

  /**
   * Hyperparameters. n and the step size default to values that do well in Sutton &amp; Barto's
   * figure 7.4, ε to their usual 0.1; γ defaults to 0.99, which also suits tasks that don't end.
   *
   * @param stepSize α, in (0, 1]
   * @param gamma γ, in [0, 1]
   * @param n number of steps in a target, at least 1
   * @param exploration the policy behaved by
   * @param epsilon ε of the ε-greedy policy, in [0, 1]
   * @param temperature of the softmax policy, above 0
   * @param ties what to do with several best actions
   * @param initialValue what the table holds before anything is learned, finite
   */
  public record Config(
      @Described(value = "weight of a new target", range = "(0, 1]", aliases = "alpha")
          Schedule stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(value = "number of steps in a target", range = "at least 1") int n,
      @Described("policy behaved by while learning") Exploration exploration,
      @Described(value = "probability of exploring, if epsilon_greedy", range = "[0, 1]")
          Schedule epsilon,
      @Described(value = "how even the probabilities are, if softmax", range = "above 0")
          Schedule temperature,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
      Checks.atLeastOne("n", n);
      Checks.probability("epsilon", epsilon);
      Checks.positive("temperature", temperature);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          Schedule.constant(0.5),
          0.99,
          4,
          Exploration.EPSILON_GREEDY,
          Schedule.constant(0.1),
          Schedule.constant(1),
          TieBreak.RANDOM,
          0);
    }
  }
}
