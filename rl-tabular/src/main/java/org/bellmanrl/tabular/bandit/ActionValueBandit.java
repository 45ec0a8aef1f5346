package org.bellmanrl.tabular.bandit;

import java.util.Objects;
import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Metrics;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Checks;
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
 * size) and 2.6 (optimistic initial values). Beyond it, there are estimates for each of finitely
 * many observations.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class ActionValueBandit implements Learner {
  private final ArmValues arms;
  private final EpsilonGreedy behaviour;
  private final Greedy policy;

  /**
   * A learner with a table of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public ActionValueBandit(LearnerContext context, Config config) {
    Accepts.tables().check("epsilon-greedy", context.spec());
    this.arms = new ArmValues(context, config.initialValue(), config.stepSize());
    this.behaviour =
        new EpsilonGreedy(
            arms.table(),
            context.spec().actionSpace(),
            config.epsilon(),
            context.progress(),
            config.ties());
    this.policy = new Greedy(arms.table(), context.spec().actionSpace(), config.ties());
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      arms.learn(transitions, rows.at(i));
    }
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

  /** The estimates, Q. */
  public QTable table() {
    return arms.table();
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(arms.table());
  }

  @Override
  public void report(Metrics metrics) {
    Exploration.report(behaviour, metrics);
  }

  @Override
  public void carry(State state) {
    state.begin("epsilon-greedy", 1);
    state.carry("arms", arms);
    state.end();
  }

  /**
   * Hyperparameters. The defaults are those of Sutton &amp; Barto's figure 2.2.
   *
   * @param stepSize α, in (0, 1]; empty to average all rewards of an arm
   * @param epsilon ε, in [0, 1]
   * @param initialValue Q before anything is learned, finite; well above what can be had, it is
   *     optimistic
   * @param ties what to do with several best arms
   */
  public record Config(
      @Described(
              value = "weight of a new reward; None averages all rewards",
              range = "(0, 1]",
              aliases = "alpha")
          Optional<Schedule> stepSize,
      @Described(value = "probability of exploring", range = "[0, 1]") Schedule epsilon,
      @Described("what is expected of an arm at first; optimistic if high") double initialValue,
      @Described("which of several best arms is taken") TieBreak ties) {
    public Config {
      stepSize.ifPresent(Checks::stepSize);
      Checks.probability("epsilon", epsilon);
      Checks.initialValue(initialValue);
      Objects.requireNonNull(ties);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(Optional.empty(), Schedule.constant(0.1), 0, TieBreak.RANDOM);
    }
  }
}
