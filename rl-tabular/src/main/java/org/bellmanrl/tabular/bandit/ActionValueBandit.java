package org.bellmanrl.tabular.bandit;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner.Metrics;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.policy.EpsilonGreedy;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Takes the arm whose rewards were best so far, or with probability ε any: ε-greedy and, by a high
 * initial value, optimistic action-value methods.
 *
 * <pre>
 * N(A) ← N(A) + 1
 * Q(A) ← Q(A) + α [R − Q(A)]          α is 1 / N(A), or constant
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, sections 2.4 (sample averages), 2.5 (constant step
 * size) and 2.6 (optimistic initial values). Beyond it, it keeps estimates for each of finitely
 * many observations.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class ActionValueBandit extends Bandit {
  /** The id of this learner. */
  public static final String ID = "epsilon-greedy";

  private final ArmValues arms;

  /**
   * Creates a learner whose estimates are all the initial value.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public ActionValueBandit(LearnerContext context, Config config) {
    Accepts.tables().check(ID, context.spec());
    ArmValues arms = new ArmValues(context, config.initialValue(), config.stepSize());
    Space actions = context.spec().actionSpace();
    super(
        new EpsilonGreedy(
            arms.table(), actions, config.epsilon(), context.progress(), config.ties()),
        new Greedy(arms.table(), actions, config.ties()),
        arms.table());
    this.arms = arms;
  }

  @Override
  void learn(Transitions transitions, int row) {
    arms.learn(transitions, row);
  }

  /** Returns the estimates, Q. */
  public QTable table() {
    return arms.table();
  }

  @Override
  public void report(Metrics metrics) {
    Exploration.report(behaviour(), metrics);
  }

  @Override
  protected void carryLearned(State state) {
    state.carry("arms", arms);
  }

  /**
   * Hyperparameters. The defaults are those of Sutton &amp; Barto's figure 2.2.
   *
   * @param stepSize α, in (0, 1]; empty to average all rewards of an arm
   * @param epsilon ε, in [0, 1]
   * @param initialValue Q before anything is learned, finite; optimistic if it is well above every
   *     reward
   * @param ties what to do with several best arms
   */
  @RecordBuilder
  public record Config(
      @Described(
              value = "weight of a new reward; None averages all rewards",
              range = Require.STEP_SIZE,
              aliases = {"alpha", "lr", "learning_rate"})
          Optional<Schedule> stepSize,
      @Described(value = "probability of exploring", range = Require.UNIT) Schedule epsilon,
      @Described("estimate of every arm at first; optimistic if high") double initialValue,
      @Described("which of several best arms is taken") TieBreak ties)
      implements ActionValueBanditConfigBuilder.With {
    public Config {
      stepSize.ifPresent(schedule -> Require.stepSize("step_size", schedule));
      Require.unit("epsilon", epsilon);
      Require.finite("initial_value", initialValue);
      Objects.requireNonNull(ties);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(Optional.empty(), Schedule.constant(0.1), 0, TieBreak.RANDOM);
    }
  }
}
