package org.bellmanrl.tabular.td;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.model.Afterstates;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.learner.StepwiseLearner;
import org.bellmanrl.tabular.policy.EpsilonGreedy;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * Learns what afterstates are worth, one value where many states and actions lead to the same:
 * off-policy TD control over afterstates.
 *
 * <pre>
 * y ← afterstate of S, A;  r(s, a): what is known at once of the reward
 * W(y) ← W(y) + α [R − r(S, A) + γ max_a (r(S', a) + W(y(S', a))) − W(y)]
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 6.8, which has no box; the update is that
 * of Q-learning with q(s, a) = r(s, a) + W(y(s, a)). The maximum is over the actions that the mask
 * of S' allows; γ is multiplied by the environment's own discount, which is 0 after a terminal
 * state, and at a truncation S' is the true last observation.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class AfterstateTd extends StepwiseLearner {
  /** The id of this learner. */
  public static final String ID = "afterstate-td";

  private final AfterstateValues w;
  private final Afterstates afterstates;
  private final ActionIndex actions;

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if observations or actions are not finite, or the task doesn't
   *     know its afterstates
   */
  public AfterstateTd(LearnerContext context, Config config) {
    Accepts.tables().check(ID, context.spec());
    Afterstates afterstates =
        context
            .afterstates()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    ("%s needs a task that knows its afterstates (Afterstates), but %s does not;"
                            + " take q-learning")
                        .formatted(ID, context.spec().name())));
    Space actionSpace = context.spec().actionSpace();
    AfterstateValues w =
        new AfterstateValues(
            afterstates, context.spec().observationSpace(), actionSpace, config.initialValue());
    super(
        ID,
        1,
        context,
        config.gamma(),
        config.stepSize(),
        new EpsilonGreedy(w, actionSpace, config.epsilon(), context.progress(), config.ties()),
        new Greedy(w, actionSpace, config.ties()),
        w,
        "w");
    this.w = w;
    this.afterstates = afterstates;
    this.actions = ActionIndex.of(actionSpace);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    int state = w.state(transitions.observations(), row);
    int action = actions.of(transitions.actions().values(), row);
    int y = afterstates.afterstate(state, action);
    double next = w.best(transitions.nextObservations(), row);
    double tdTarget =
        transitions.reward()[row]
            - afterstates.reward(state, action)
            + gamma * transitions.discount()[row] * next;
    w.add(y, alpha * (tdTarget - w.get(y)));
  }

  /** The values. */
  public AfterstateValues table() {
    return w;
  }

  @Override
  public void report(Metrics metrics) {
    Exploration.report(behaviour(), metrics);
  }

  /**
   * Hyperparameters.
   *
   * @param stepSize α, in (0, 1]
   * @param gamma γ, in [0, 1]
   * @param epsilon ε of the ε-greedy policy behaved by, in [0, 1]
   * @param ties what to do with several best actions
   * @param initialValue W before anything is learned, finite
   */
  @RecordBuilder
  public record Config(
      @Described(
              value = "step size of updates",
              range = Require.STEP_SIZE,
              aliases = {"alpha", "lr", "learning_rate"})
          Schedule stepSize,
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(value = "probability of exploring", range = Require.UNIT) Schedule epsilon,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described(value = "value before anything is learned", range = Require.FINITE)
          double initialValue)
      implements AfterstateTdConfigBuilder.With {
    public Config {
      Require.stepSize("step_size", stepSize);
      Require.unit("gamma", gamma);
      Require.unit("epsilon", epsilon);
      Require.finite("initial_value", initialValue);
    }

    /** α = 0.1, γ = 0.9 as in the car rental, ε = 0.1. */
    public static Config defaults() {
      return new Config(Schedule.constant(0.1), 0.9, Schedule.constant(0.1), TieBreak.RANDOM, 0);
    }
  }
}
