package org.bellmanrl.tabular.td;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.StepWindow;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * Learns the optimal action values from n steps of another behaviour by importance sampling.
 *
 * <pre>
 * ρ ← Π π(A_k|S_k) / b(A_k|S_k)            over the actions 1 to n after the first
 * G ← R₁ + γ R₂ + … + γⁿ⁻¹ Rₙ + γⁿ Q(Sₙ, Aₙ)
 * Q(S₀, A₀) ← Q(S₀, A₀) + α ρ [G − Q(S₀, A₀)]
 * </pre>
 *
 * <p>where π is greedy and b the behaviour. Source: Sutton &amp; Barto, 2nd ed., 2018, section 7.3.
 * The probability b(A|S) is taken by the values as they are when the transition is observed, which
 * in batches of several rows may differ slightly from those that the action was chosen by.
 *
 * <p>At the end of an episode, a truncation too, steps get the shorter targets that there are:
 * nothing reaches into the next episode. γ is multiplied by the environment's own discount, which
 * is 0 after a terminal state; at a truncation targets bootstrap from the true last observation.
 *
 * <p>Holds the last n steps of every row. Rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class OffPolicyNStepSarsa extends NStepControl {

  /**
   * A learner with a table of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public OffPolicyNStepSarsa(LearnerContext context, Config config) {
    super(
        "off-policy-n-step-sarsa",
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
    return transitions.discount()[row] == 0
        ? 0
        : q.get(q.entry(transitions.nextObservations(), transitions.nextActions(), row));
  }

  @Override
  double target(StepWindow window, int step, double bootstrap) {
    double g = bootstrap;
    for (int k = window.length() - 1; k >= step; k--) {
      g = window.reward(k) + gamma * window.discount(k) * g;
    }
    return g;
  }

  @Override
  double weight(StepWindow window, int step, Transitions transitions, int row) {
    double rho = 1;
    for (int k = step + 1; k < window.length(); k++) {
      rho *=
          greedy.of(q, window.entry(k), window.observations(), window.slot(k)) / window.chance(k);
    }
    if (transitions.discount()[row] != 0) {
      Observations following = transitions.nextObservations();
      int entry = q.entry(following, transitions.nextActions(), row);
      rho *= greedy.of(q, entry, following, row) / chance(entry, following, row);
    }
    return rho;
  }

  /** The bootstrap needs the action after the last step. */
  @Override
  public boolean needsNextAction() {
    return true;
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
