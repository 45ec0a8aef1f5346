package com.example.drive;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.learner.StepwiseLearner;
import org.bellmanrl.tabular.policy.EpsilonGreedy;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.Tables;

/**
 * Learns to earn the most per step in tasks that never end, without a discount.
 *
 * <pre>
 * δ = R − R̄ + max_a Q(S', a) − Q(S, A)
 * Q(S, A) ← Q(S, A) + α δ
 * R̄ ← R̄ + η α δ
 * </pre>
 *
 * <p>Source: Wan, Naik &amp; Sutton, "Learning and Planning in Average-Reward Markov Decision
 * Processes", ICML 2021, equations 4 to 6. Departure: the maximum is multiplied by the
 * environment's discount, so that nothing is bootstrapped where a task does end. Not thread-safe.
 */
public final class DifferentialQLearning extends StepwiseLearner {
  private static final String NAME = "differential-q-learning";

  private final QTable q;
  private final double eta;
  private double rewardRate;

  /**
   * Makes a learner whose action values are all 0.
   *
   * @throws IllegalArgumentException if it can't take the task's spaces
   */
  public DifferentialQLearning(LearnerContext context, Config config) {
    QTable q = Tables.actionValues(NAME, context, config.values(), 0);
    Space actions = context.spec().actionSpace();
    super(
        NAME,
        1,
        context,
        1,
        config.stepSize(),
        new EpsilonGreedy(q, actions, config.epsilon(), context.progress(), TieBreak.RANDOM),
        new Greedy(q, actions, TieBreak.RANDOM),
        q,
        "q");
    this.q = q;
    this.eta = config.eta();
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    double next = transitions.discount()[row] * q.max(transitions.nextObservations(), row);
    double tdError = transitions.reward()[row] - rewardRate + next - q.get(entry);
    q.add(entry, alpha * tdError);
    rewardRate += eta * alpha * tdError;
  }

  /** Returns R̄, the estimate of what a step earns in the long run. */
  public double rewardRate() {
    return rewardRate;
  }

  @Override
  public void report(Metrics metrics) {
    Exploration.report(behaviour(), metrics);
    metrics.scalar("reward_rate", rewardRate);
  }

  @Override
  protected void carryMore(State state) {
    rewardRate = state.carry("reward_rate", rewardRate);
  }

  /**
   * Hyperparameters.
   *
   * @param stepSize α, in (0, 1]
   * @param eta η, how fast R̄ moves compared to the values, in (0, 1]
   * @param epsilon ε of the behaviour policy, in [0, 1]
   * @param values the id of the table, such as {@value Tables#DENSE} or {@value Tables#HASHED}
   */
  public record Config(
      @Described(value = "step size of updates", range = Require.STEP_SIZE, aliases = "alpha")
          Schedule stepSize,
      @Described(value = "step size of the reward rate, in step sizes", range = Require.STEP_SIZE)
          double eta,
      @Described(value = "probability of exploring", range = Require.UNIT) Schedule epsilon,
      @Described("id of the table that holds the values: dense, hashed or a plugin's")
          String values) {
    public Config {
      Require.stepSize("step_size", stepSize);
      Require.inRange("eta", eta, Require.STEP_SIZE);
      Require.unit("epsilon", epsilon);
    }

    /** Small steps, since tasks without end have time. */
    public static Config defaults() {
      return new Config(Schedule.constant(0.1), 0.1, Schedule.constant(0.1), Tables.DENSE);
    }
  }
}
