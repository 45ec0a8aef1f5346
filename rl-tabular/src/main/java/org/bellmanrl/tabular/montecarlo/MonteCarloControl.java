package org.bellmanrl.tabular.montecarlo;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.Tables;

/**
 * Learns the action values of the policy that it behaves by from the returns of whole episodes,
 * which improves that policy: on-policy Monte Carlo control.
 *
 * <pre>
 * G ← R + γ G                                  from the last step of the episode to the first
 * Q(S, A) ← Q(S, A) + α [G − Q(S, A)]          at the first visit, or at every one
 * </pre>
 *
 * <p>where α is a step size, or 1/n at the n-th return of (S, A), so that Q is the average of them
 * all.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 5.4 (first-visit, averaging), with the step
 * size of equation 6.1. Beyond it, γ is multiplied by the environment's own discount, and a
 * truncated episode counts with the return it has, as if nothing came after it: values of long
 * episodes under a short limit are too small. An episode that is abandoned in the middle is not
 * learned from.
 *
 * <p>Not thread-safe. Holds the steps of the episodes in flight, 20 bytes each.
 */
public final class MonteCarloControl extends MonteCarloActionValues {
  /** The id of this learner. */
  public static final String ID = "monte-carlo";

  /**
   * Creates a learner whose values are all the initial value.
   *
   * @throws IllegalArgumentException if actions are not finite, observations do not suit the table,
   *     or episodes have no end
   */
  public MonteCarloControl(LearnerContext context, Config config) {
    MonteCarloConfig returns = config.returns();
    QTable q = Tables.actionValues(ID, context, returns.values(), returns.initialValue());
    super(
        ID,
        context,
        returns,
        q,
        config.stepSize(),
        config
            .exploration()
            .over(q, context, config.epsilon(), config.temperature(), config.ties()),
        config.ties());
  }

  /**
   * Hyperparameters. Returns are averaged by default, as in Sutton &amp; Barto's box (section 5.4);
   * ε is that of their chapter 6.
   *
   * @param stepSize α, in (0, 1]; empty to average all returns
   * @param returns what learning from returns has in common
   * @param exploration the behaviour policy
   * @param epsilon ε of the ε-greedy policy, in [0, 1]
   * @param temperature temperature of the softmax policy, above 0
   * @param ties which of several best actions is taken
   */
  @RecordBuilder
  public record Config(
      @Described(
              value = "weight of a new return; None averages all returns",
              range = Require.STEP_SIZE,
              aliases = {"alpha", "lr", "learning_rate"})
          Optional<Schedule> stepSize,
      MonteCarloConfig returns,
      @Described("behaviour policy while learning") Exploration exploration,
      @Described(value = "probability of exploring, if epsilon_greedy", range = Require.UNIT)
          Schedule epsilon,
      @Described(value = "how even the probabilities are, if softmax", range = Require.POSITIVE)
          Schedule temperature,
      @Described("which of several best actions is taken") TieBreak ties)
      implements MonteCarloControlConfigBuilder.With {
    public Config {
      stepSize.ifPresent(schedule -> Require.stepSize("step_size", schedule));
      Require.unit("epsilon", epsilon);
      Require.positive("temperature", temperature);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(
          Optional.empty(),
          MonteCarloConfig.defaults(),
          Exploration.EPSILON_GREEDY,
          Schedule.constant(0.1),
          Schedule.constant(1),
          TieBreak.RANDOM);
    }
  }
}
