package org.bellmanrl.tabular.planning;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.tabular.dp.Termination;
import org.bellmanrl.tabular.internal.ExactModels;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.learner.QControl;
import org.bellmanrl.tabular.policy.TieBreak;

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
public final class TrajectorySampling extends QControl {
  /** The id of this learner. */
  public static final String ID = "trajectory-sampling";

  private static final int NOWHERE = -1;

  private final FiniteModel model;
  private final int planningSteps;
  private final Scheduled epsilon;
  private final RandomStreams random;
  private final int[] at;

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if observations or actions are not finite, or the task has no
   *     exact model, or γ = 1 and its optimal values are not finite
   */
  public TrajectorySampling(LearnerContext context, Config config) {
    super(ID, context, config.control());
    this.model = ExactModels.require(ID, context, q.states(), q.actions());
    Termination.check(ID, model, gamma);
    this.planningSteps = config.planningSteps();
    this.epsilon = new Scheduled(config.epsilon(), context.progress());
    this.random = context.streams().rows(Role.LEARNER, context.rows());
    this.at = new int[context.rows()];
    Arrays.fill(at, NOWHERE);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    RandomStream stream = random.row(row);
    for (int n = 0; n < planningSteps; n++) {
      if (at[row] == NOWHERE) {
        at[row] = start(stream);
      }
      int state = at[row];
      int action = stream.random() < epsilon.now() ? stream.integers(q.actions()) : best(state);
      ExpectedUpdate.apply(q, model, gamma, state, action);
      int outcome = outcome(state, action, stream);
      at[row] = model.terminated(outcome) ? NOWHERE : model.next(outcome);
    }
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
  protected void carryMore(State state) {
    state.carry("at", at);
    for (int place : at) {
      if (place < NOWHERE || place >= q.states()) {
        throw new StateException(
            "a saved episode is in state %d of %d".formatted(place, q.states()));
      }
    }
    state.carry("random", random);
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
  @RecordBuilder
  public record Config(
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(
              value = "updates from the model per step",
              range = Require.AT_LEAST_ONE,
              aliases = "n")
          int planningSteps,
      @Described(value = "probability of exploring", range = Require.UNIT) Schedule epsilon,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what the table holds at first") double initialValue)
      implements TrajectorySamplingConfigBuilder.With {
    public Config {
      Require.unit("gamma", gamma);
      Require.atLeast("planning_steps", planningSteps, 1);
      Require.unit("epsilon", epsilon);
      Require.finite("initial_value", initialValue);
    }

    /** Returns what this has in common with other control learners; there is no step size. */
    ControlConfig control() {
      return ControlConfig.defaults()
          .withGamma(gamma)
          .withEpsilon(epsilon)
          .withTies(ties)
          .withInitialValue(initialValue);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(0.99, 5, Schedule.constant(0.1), TieBreak.RANDOM, 0);
    }
  }
}
