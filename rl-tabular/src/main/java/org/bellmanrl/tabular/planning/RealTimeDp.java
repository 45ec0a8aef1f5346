package org.bellmanrl.tabular.planning;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.dp.Termination;
import org.bellmanrl.tabular.internal.ExactModels;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.learner.QControl;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * Dynamic programming along the way: backs up the state that the episode is in, and acts by the
 * values: real-time dynamic programming.
 *
 * <pre>Q(S, a) ← Σ p(s', r | S, a) [r + γ max_a' Q(s', a')]    for all a</pre>
 *
 * <p>Source: Barto, Bradtke &amp; Singh, <i>Learning to Act Using Real-Time Dynamic
 * Programming</i>, Artificial Intelligence 72, 1995; Sutton &amp; Barto, 2nd ed., 2018, section
 * 8.7. It finds an optimal policy without visiting states that no optimal policy comes to, if
 * episodes end and the initial values are not too low; hence it is greedy by default. The maximum
 * is over all actions of the model.
 *
 * <p>Not thread-safe.
 */
public final class RealTimeDp extends QControl {
  /** The id of this learner. */
  public static final String ID = "rtdp";

  private final FiniteModel model;

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if observations or actions are not finite, or the task has no
   *     exact model, or γ = 1 and its optimal values are not finite
   */
  public RealTimeDp(LearnerContext context, Config config) {
    super(ID, context, config.control());
    this.model = ExactModels.require(ID, context, q.states(), q.actions());
    Termination.check(ID, model, gamma);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    int state = q.first(transitions.observations(), row) / q.actions();
    for (int a = 0; a < q.actions(); a++) {
      ExpectedUpdate.apply(q, model, gamma, state, a);
    }
  }

  /**
   * Hyperparameters. Greedy, with γ = 0.99, which also suits tasks that don't end; initial values
   * must not be below the optimal ones, which 1 is not where the rewards of an episode sum to at
   * most 1.
   *
   * @param gamma γ, in [0, 1]
   * @param exploration the policy behaved by
   * @param epsilon ε of the ε-greedy policy, in [0, 1]
   * @param temperature of the softmax policy, above 0
   * @param ties what to do with several best actions
   * @param initialValue what the table holds before anything is learned, finite
   */
  @RecordBuilder
  public record Config(
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described("policy behaved by while learning") Exploration exploration,
      @Described(value = "probability of exploring, if epsilon_greedy", range = Require.UNIT)
          Schedule epsilon,
      @Described(value = "how even the probabilities are, if softmax", range = Require.POSITIVE)
          Schedule temperature,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what the table holds at first") double initialValue)
      implements RealTimeDpConfigBuilder.With {
    public Config {
      Require.unit("gamma", gamma);
      Require.unit("epsilon", epsilon);
      Require.positive("temperature", temperature);
      Require.finite("initial_value", initialValue);
    }

    /** Returns what this has in common with other control learners; there is no step size. */
    ControlConfig control() {
      return ControlConfig.defaults()
          .withGamma(gamma)
          .withExploration(exploration)
          .withEpsilon(epsilon)
          .withTemperature(temperature)
          .withTies(ties)
          .withInitialValue(initialValue);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(
          0.99,
          Exploration.EPSILON_GREEDY,
          Schedule.constant(0),
          Schedule.constant(1),
          TieBreak.RANDOM,
          1);
    }
  }
}
