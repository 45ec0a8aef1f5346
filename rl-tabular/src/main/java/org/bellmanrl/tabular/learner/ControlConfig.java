package org.bellmanrl.tabular.learner;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.policy.ActionProbabilities;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.Tables;

/**
 * Hyperparameters of control learners over a table of action values.
 *
 * @param stepSize α, in (0, 1]
 * @param gamma γ, in [0, 1]
 * @param exploration the behaviour policy
 * @param epsilon ε of the ε-greedy policy, in [0, 1]
 * @param temperature temperature of the softmax policy, above 0
 * @param ties which of several best actions is taken
 * @param initialValue Q before anything is learned, finite
 * @param values the id of the table, such as {@value Tables#DENSE} or {@value Tables#HASHED}
 */
@RecordBuilder
public record ControlConfig(
    @Described(
            value = "step size of updates",
            range = Require.STEP_SIZE,
            aliases = {"alpha", "lr", "learning_rate"})
        Schedule stepSize,
    @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
    @Described("behaviour policy while learning") Exploration exploration,
    @Described(value = "probability of exploring, if epsilon_greedy", range = Require.UNIT)
        Schedule epsilon,
    @Described(value = "how even the probabilities are, if softmax", range = Require.POSITIVE)
        Schedule temperature,
    @Described("which of several best actions is taken") TieBreak ties,
    @Described(value = "value before anything is learned", range = Require.FINITE)
        double initialValue,
    @Described("id of the table that holds the values: dense, hashed or a plugin's") String values)
    implements ControlConfigBuilder.With {
  public ControlConfig {
    Require.stepSize("step_size", stepSize);
    Require.unit("gamma", gamma);
    Require.unit("epsilon", epsilon);
    Require.positive("temperature", temperature);
    Require.finite("initial_value", initialValue);
  }

  /** α = 0.1, γ = 0.99, which also suits tasks that do not end, and ε-greedy with ε = 0.1. */
  public static ControlConfig defaults() {
    return new ControlConfig(
        Schedule.constant(0.1),
        0.99,
        Exploration.EPSILON_GREEDY,
        Schedule.constant(0.1),
        Schedule.constant(1),
        TieBreak.RANDOM,
        0,
        Tables.DENSE);
  }

  /** Makes the behaviour policy over action values. */
  public Policy behaviour(ValueFunction q, LearnerContext context) {
    return exploration.over(q, context, epsilon, temperature, ties);
  }

  /** Returns the probabilities of the behaviour policy's actions. */
  public ActionProbabilities probabilities(LearnerContext context) {
    return ActionProbabilities.of(exploration, context, epsilon, temperature, ties);
  }
}
