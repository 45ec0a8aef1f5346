package org.bellmanrl.tabular.td;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Metrics;
import org.bellmanrl.api.Observations;
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
import org.bellmanrl.tabular.policy.ActionProbabilities;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Learns the optimal action values without mistaking lucky ones for good ones: one table chooses
 * the best next action, another, which did not see the same luck, says what it is worth.
 *
 * <pre>
 * Q₁(S, A) ← Q₁(S, A) + α [R + γ Q₂(S', argmax_a Q₁(S', a)) − Q₁(S, A)]
 * </pre>
 *
 * <p>or, one time in two, the same with Q₁ and Q₂ swapped. The policies look at (Q₁ + Q₂) / 2.
 *
 * <p>Source: van Hasselt, <i>Double Q-learning</i>, NeurIPS 2010; Sutton &amp; Barto, 2nd ed.,
 * 2018, section 6.7. Beyond it, only actions that the mask of S' allows are looked at, and γ is
 * multiplied by the environment's own discount, which is 0 after a terminal state; at a truncation
 * S' is the true last observation.
 *
 * <p>Draws one {@code integers(2)} per transition from the row's learner stream; ties of Q₁ go to
 * the first action. Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class DoubleQLearning implements Learner {
  private final QTable q;
  private final QTable q1;
  private final QTable q2;
  private final double gamma;
  private final Scheduled stepSize;
  private final RandomStreams random;
  private final ActionProbabilities chooser;
  private final Policy behaviour;
  private final Greedy policy;

  /**
   * A learner with tables of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public DoubleQLearning(LearnerContext context, Config config) {
    Accepts.tables().check("double-q-learning", context.spec());
    this.q = new QTable(context.spec(), config.initialValue());
    this.q1 = new QTable(context.spec(), config.initialValue());
    this.q2 = new QTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.random = context.streams().rows(Role.LEARNER, context.rows());
    this.chooser = ActionProbabilities.greedy(context, TieBreak.FIRST);
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
      boolean heads = random.row(row).integers(2) == 0;
      update(transitions, row, alpha, heads ? q1 : q2, heads ? q2 : q1);
    }
  }

  private void update(
      Transitions transitions, int row, double alpha, QTable learned, QTable other) {
    Observations following = transitions.nextObservations();
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    double next = chooser.expected(learned, other, q.first(following, row), following, row);
    double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
    double difference = alpha * (tdTarget - learned.get(entry));
    learned.add(entry, difference);
    q.set(entry / q.actions(), entry % q.actions(), (learned.get(entry) + other.get(entry)) / 2);
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

  /** The mean of both tables, which the policies look at. */
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

  /** The first or the second table: 1 or 2. */
  public QTable table(int number) {
    return switch (number) {
      case 1 -> q1;
      case 2 -> q2;
      default -> throw new IllegalArgumentException("table must be 1 or 2, was " + number);
    };
  }

  @Override
  public void carry(State state) {
    state.begin("double-q-learning", 1);
    state.carry("q", q);
    state.carry("q1", q1);
    state.carry("q2", q2);
    state.carry("random", random);
    state.end();
  }

  /**
   * Hyperparameters. ε defaults to that of Sutton &amp; Barto's example 6.7, whose step size is
   * 0.1; γ defaults to 0.99, which also suits tasks that don't end.
   *
   * @param stepSize α, in (0, 1]
   * @param gamma γ, in [0, 1]
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
      Checks.probability("epsilon", epsilon);
      Checks.positive("temperature", temperature);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          Schedule.constant(0.1),
          0.99,
          Exploration.EPSILON_GREEDY,
          Schedule.constant(0.1),
          Schedule.constant(1),
          TieBreak.RANDOM,
          0);
    }
  }
}
