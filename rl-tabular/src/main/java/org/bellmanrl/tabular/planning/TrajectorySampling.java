package org.bellmanrl.tabular.planning;

import java.util.Arrays;
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
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Role;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.tabular.dp.Ends;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.Models;
import org.bellmanrl.tabular.policy.EpsilonGreedy;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Plans by imagined episodes: follows its own policy through the exact model and backs up what it
 * passes.
 *
 * <pre>
 * n times:  A ← ε-greedy in S,   Q(S, A) ← Σ p(s', r | S, A) [r + γ max_a Q(s', a)],
 *           S ← a state after S and A, or a first state if the episode ended
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 8.6. The imagined episode goes on from step
 * to step of the real task, whose transitions are not looked at. It ends where the model does;
 * episode limits and masks play no part in it.
 *
 * <p>Draws, per planning step: one {@code random()} to explore, {@code integers(actions)} if so,
 * and one {@code random()} for the outcome, another for a first state; from the row's learner
 * stream. Not thread-safe.
 */
public final class TrajectorySampling implements Learner {
  private static final int NOWHERE = -1;

  private final FiniteModel model;
  private final QTable q;
  private final double gamma;
  private final int planningSteps;
  private final Scheduled epsilon;
  private final RandomStreams random;
  private final int[] at;
  private final Policy behaviour;
  private final Greedy policy;

  /**
   * A learner with a table of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite, or the task has no
   *     exact model, or γ = 1 and from some state no end can be reached while rewards go on
   */
  public TrajectorySampling(LearnerContext context, Config config) {
    Accepts.tables().check("trajectory-sampling", context.spec());
    this.q = new QTable(context.spec(), config.initialValue());
    this.model = Models.require("trajectory-sampling", context, q.states(), q.actions());
    Ends.check("trajectory-sampling", model, config.gamma());
    this.gamma = config.gamma();
    this.planningSteps = config.planningSteps();
    this.epsilon = new Scheduled(config.epsilon(), context.progress());
    this.random = context.streams().rows(Role.LEARNER, context.rows());
    this.at = new int[context.rows()];
    Arrays.fill(at, NOWHERE);
    this.behaviour =
        new EpsilonGreedy(
            q, context.spec().actionSpace(), config.epsilon(), context.progress(), config.ties());
    this.policy = new Greedy(q, context.spec().actionSpace(), config.ties());
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      RandomStream stream = random.row(row);
      for (int n = 0; n < planningSteps; n++) {
        if (at[row] == NOWHERE) {
          at[row] = start(stream);
        }
        int state = at[row];
        int action = stream.random() < epsilon.now() ? stream.integers(q.actions()) : best(state);
        backUp(state, action);
        int outcome = outcome(state, action, stream);
        at[row] = model.terminated(outcome) ? NOWHERE : model.next(outcome);
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

  private int best(int state) {
    int best = 0;
    for (int a = 1; a < q.actions(); a++) {
      best = q.get(state, a) > q.get(state, best) ? a : best;
    }
    return best;
  }

  private int start(RandomStream stream) {
    double point = stream.random();
    int state = 0;
    for (double sum = model.initial(0); sum <= point && state < q.states() - 1; ) {
      sum += model.initial(++state);
    }
    return state;
  }

  private int outcome(int state, int action, RandomStream stream) {
    double point = stream.random();
    int outcome = model.from(state, action);
    int last = model.to(state, action) - 1;
    for (double sum = model.probability(outcome); sum <= point && outcome < last; ) {
      sum += model.probability(++outcome);
    }
    return outcome;
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
    state.begin("trajectory-sampling", 1);
    state.carry("q", q);
    state.carry("at", at);
    for (int state : at) {
      if (state < NOWHERE || state >= q.states()) {
        throw new StateException(
            "a saved episode is in state %d of %d".formatted(state, q.states()));
      }
    }
    state.carry("random", random);
    state.end();
  }

  /**
   * Hyperparameters. ε defaults to that of Sutton &amp; Barto's figure 8.8; γ to 0.99, which also
   * suits tasks that don't end.
   *
   * @param gamma γ, in [0, 1]
   * @param planningSteps updates from the model per step, at least 1
   * @param epsilon ε of the ε-greedy policy, imagined and real, in [0, 1]
   * @param ties what to do with several best actions
   * @param initialValue what the table holds before anything is learned, finite
   */
  public record Config(
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(value = "updates from the model per step", range = "at least 1", aliases = "n")
          int planningSteps,
      @Described(value = "probability of exploring", range = "[0, 1]") Schedule epsilon,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      Checks.gamma(gamma);
      Checks.atLeastOne("planningSteps", planningSteps);
      Checks.probability("epsilon", epsilon);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(0.99, 5, Schedule.constant(0.1), TieBreak.RANDOM, 0);
    }
  }
}
