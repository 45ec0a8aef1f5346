package org.bellmanrl.tabular.planning;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Metrics;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Role;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Learns the optimal action values from every step and, several times per step, from what earlier
 * steps showed: Q-learning that also plans.
 *
 * <pre>
 * Q(S, A) ← Q(S, A) + α [R + γ max_a Q(S', a) − Q(S, A)]
 * Model(S, A) ← R, S'
 * n times:  S ← a state observed before,  A ← an action tried in S,  R, S' ← Model(S, A),
 *           Q(S, A) ← Q(S, A) + α [R + γ max_a Q(S', a) − Q(S, A)]
 * </pre>
 *
 * <p>Source: Sutton, <i>Integrated Architectures for Learning, Planning, and Reacting</i>, ICML
 * 1990; Sutton &amp; Barto, 2nd ed., 2018, section 8.2. The model takes the world for deterministic
 * and keeps the last outcome of each action; where it isn't, planning is biased towards what came
 * last.
 *
 * <p>The maximum is over the actions that the mask of S' allows, and γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Draws, per planning step, one {@code integers(states seen)} and one {@code
 * integers(actions tried)} from the row's learner stream. Not thread-safe.
 */
public final class DynaQ implements Learner {
  private final QTable q;
  private final double gamma;
  private final Scheduled stepSize;
  private final int planningSteps;
  private final SampleModel model;
  private final RandomStreams random;
  private final Policy behaviour;
  private final Greedy policy;

  /**
   * A learner with a table of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public DynaQ(LearnerContext context, Config config) {
    Accepts.tables().check("dyna-q", context.spec());
    this.q = new QTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.planningSteps = config.planningSteps();
    this.model = new SampleModel(context.spec(), q);
    this.random = context.streams().rows(Role.LEARNER, context.rows());
    this.behaviour =
        config
            .exploration()
            .over(q, context, config.epsilon(), config.temperature(), config.ties());
    this.policy = new Greedy(q, context.spec().actionSpace(), config.ties());
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int entry = q.entry(transitions.observations(), transitions.actions(), row);
      model.learn(entry, transitions, row);
      update(entry, alpha);
      for (int n = 0; n < planningSteps; n++) {
        int state = model.state(random.row(row).integers(model.states()));
        update(model.tried(state, random.row(row).integers(model.tried(state))), alpha);
      }
    }
  }

  /**
   * Q-learning's update by what the model knows; of a step just learned that is the step itself.
   */
  private void update(int entry, double alpha) {
    double next = q.max(model.next(), entry);
    double tdTarget = model.reward(entry) + gamma * model.discount(entry) * next;
    q.add(entry, alpha * (tdTarget - q.get(entry)));
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
    state.begin("dyna-q", 1);
    state.carry("q", q);
    state.carry("model", model);
    state.carry("random", random);
    state.end();
  }

  /**
   * Hyperparameters. Step size, ε and the number of planning steps default to those of Sutton &amp;
   * Barto's example 8.1; γ defaults to 0.95 as there.
   *
   * @param stepSize α, in (0, 1]
   * @param gamma γ, in [0, 1]
   * @param planningSteps updates from the model per step, at least 1
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
      @Described(value = "updates from the model per step", range = "at least 1", aliases = "n")
          int planningSteps,
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
      Checks.atLeastOne("planningSteps", planningSteps);
      Checks.probability("epsilon", epsilon);
      Checks.positive("temperature", temperature);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          Schedule.constant(0.1),
          0.95,
          5,
          Exploration.EPSILON_GREEDY,
          Schedule.constant(0.1),
          Schedule.constant(1),
          TieBreak.RANDOM,
          0);
    }
  }
}
