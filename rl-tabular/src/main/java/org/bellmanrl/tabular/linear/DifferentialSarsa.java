package org.bellmanrl.tabular.linear;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import org.bellmanrl.api.Learner.Metrics;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * SARSA for the average reward of tasks that go on for ever, with linear function approximation.
 *
 * <pre>
 * δ ← R − R̄ + q(S', A') − q(S, A)
 * R̄ ← R̄ + β δ
 * w ← w + α δ x(S, A)
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 10.3. Values are differential: how much
 * more than the average is still to come. There is no γ, and a task with terminal states is
 * refused. An episode limit only moves the task elsewhere: the step before it bootstraps from the
 * true last observation.
 *
 * <p>Rows of a batch share R̄ and are learned from one after the other. Not thread-safe.
 */
public final class DifferentialSarsa extends LinearControl {
  /** The id of this learner. */
  public static final String ID = "differential-sarsa";

  private final Scheduled averageStepSize;
  private double averageReward;

  /**
   * Creates a learner whose weights are all the initial weight.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted, or it has terminal
   *     states
   */
  public DifferentialSarsa(LearnerContext context, Config config) {
    super(ID, context, config.control());
    LinearSpaces.continuing(ID, context.spec());
    this.averageStepSize = new Scheduled(config.averageStepSize(), context.progress());
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    Columns observations = transitions.observations().values();
    int action = q.action(transitions.actions().values(), row);
    double tdError =
        transitions.reward()[row]
            - averageReward
            + next(transitions, row)
            - q.value(observations, row, action);
    averageReward += averageStepSize.now() * tdError;
    q.add(observations, row, action, alpha * tdError);
  }

  /** Returns R̄, the estimated average reward of a step. */
  public double averageReward() {
    return averageReward;
  }

  @Override
  public void report(Metrics metrics) {
    metrics.scalar("average_reward", averageReward);
  }

  @Override
  protected void carryMore(State state) {
    averageReward = state.carry("average_reward", averageReward);
  }

  /**
   * Hyperparameters. Step sizes and ε default to those of Sutton &amp; Barto's example 10.2 (access
   * control).
   *
   * @param features features of the observations
   * @param stepSize α, in (0, 1]; tile coding wants it divided by the number of tilings
   * @param averageStepSize β, the step size of the average reward, in (0, 1]
   * @param epsilon ε of the ε-greedy policy, in [0, 1]
   * @param ties what to do with several best actions
   * @param initialWeight every weight before anything is learned, finite
   */
  @RecordBuilder
  public record Config(
      @Described("features of the observation, such as tiles:8:10 or fourier:3") Features features,
      @Described(
              value = "step size; for tiles, divided by the number of tilings",
              range = Require.STEP_SIZE,
              aliases = {"alpha", "lr", "learning_rate"})
          Schedule stepSize,
      @Described(
              value = "step size of the average reward",
              range = Require.STEP_SIZE,
              aliases = "beta")
          Schedule averageStepSize,
      @Described(value = "probability of exploring", range = Require.UNIT) Schedule epsilon,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what every weight is at first") double initialWeight)
      implements DifferentialSarsaConfigBuilder.With {
    public Config {
      Objects.requireNonNull(features);
      Require.stepSize("step_size", stepSize);
      Require.stepSize("average_step_size", averageStepSize);
      Require.unit("epsilon", epsilon);
      Objects.requireNonNull(ties);
      Require.finite("initial_weight", initialWeight);
    }

    /** Returns what this has in common with other SARSA methods, where γ is 1. */
    LinearControlConfig control() {
      return new LinearControlConfig(features, stepSize, 1, epsilon, ties, initialWeight);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(
          Features.tiles(8, 8),
          Schedule.constant(0.01),
          Schedule.constant(0.01),
          Schedule.constant(0.1),
          TieBreak.RANDOM,
          0);
    }
  }
}
