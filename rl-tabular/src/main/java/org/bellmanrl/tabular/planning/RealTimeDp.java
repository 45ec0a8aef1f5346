package org.bellmanrl.tabular.planning;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Metrics;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.dp.Ends;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.Models;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

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
public final class RealTimeDp implements Learner {
  private final FiniteModel model;
  private final QTable q;
  private final double gamma;
  private final Policy behaviour;
  private final Greedy policy;

  /**
   * A learner with a table of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite, or the task has no
   *     exact model, or γ = 1 and from some state no end can be reached while rewards go on
   */
  public RealTimeDp(LearnerContext context, Config config) {
    Accepts.tables().check("rtdp", context.spec());
    this.q = new QTable(context.spec(), config.initialValue());
    this.model = Models.require("rtdp", context, q.states(), q.actions());
    Ends.check("rtdp", model, config.gamma());
    this.gamma = config.gamma();
    this.behaviour =
        config
            .exploration()
            .over(q, context, config.epsilon(), config.temperature(), config.ties());
    this.policy = new Greedy(q, context.spec().actionSpace(), config.ties());
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int state = q.first(transitions.observations(), row) / q.actions();
      for (int a = 0; a < q.actions(); a++) {
        backUp(state, a);
      }
    }
  }

  /** An expected update: Q(s, a) ← Σ p(s', r | s, a) [r + γ max_a' Q(s', a')]. */
  private void backUp(int state, int action) {
    double value = 0;
    for (int i = model.from(state, action); i < model.to(state, action); i++) {
      double next = model.terminated(i) ? 0 : q.max(model.next(i));
      value += model.probability(i) * (model.reward(i) + gamma * next);
    }
    q.set(state, action, value);
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

  /** The table. */
  public QTable table() {
    return q;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(q);
  }

  @Override
  public void report(Metrics metrics) {
    Exploration.report(behaviour, metrics);
  }

  @Override
  public void carry(State state) {
    state.begin("rtdp", 1);
    state.carry("q", q);
    state.end();
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
  public record Config(
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described("policy behaved by while learning") Exploration exploration,
      @Described(value = "probability of exploring, if epsilon_greedy", range = "[0, 1]")
          Schedule epsilon,
      @Described(value = "how even the probabilities are, if softmax", range = "above 0")
          Schedule temperature,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      Checks.gamma(gamma);
      Checks.probability("epsilon", epsilon);
      Checks.positive("temperature", temperature);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
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
