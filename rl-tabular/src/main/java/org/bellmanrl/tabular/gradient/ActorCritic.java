package org.bellmanrl.tabular.gradient;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.table.VTable;

/**
 * One-step actor-critic: learns preferences by what the critic, state values learned by TD(0),
 * finds better or worse than expected.
 *
 * <pre>
 * δ = R + γ v(S') − v(S)
 * v(S) ← v(S) + α_v δ
 * θ ← θ + α I δ ∇ ln π(A | S)
 * I ← γ I
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 13.5. π is the softmax of a preference for
 * each state and action, so the gradient is 1{a = A} − π(a | S). γ is multiplied by the
 * environment's own discount, in δ and in I; I begins as 1 with every episode. At a truncation S'
 * is the true last observation.
 *
 * <p>Rows of a batch are learned from one after the other, each with the preferences of that
 * moment. Not thread-safe.
 */
public final class ActorCritic extends PolicyGradient {
  /** The id of this learner. */
  public static final String ID = "actor-critic";

  private final double gamma;
  private final Scheduled stepSize;
  private final Scheduled criticStepSize;
  private final double[] discounting;

  /**
   * Creates a learner whose preferences and values are all 0.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public ActorCritic(LearnerContext context, Config config) {
    super(ID, context);
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.criticStepSize = new Scheduled(config.criticStepSize(), context.progress());
    this.discounting = new double[context.rows()];
  }

  @Override
  void learn(Transitions transitions, int row) {
    if (transitions.first()[row]) {
      discounting[row] = 1;
    }
    double discount = gamma * transitions.discount()[row];
    int state = v.state(transitions.observations(), row);
    int action = index.of(transitions.actions().values(), row);
    double next = v.get(v.state(transitions.nextObservations(), row));
    double tdError = transitions.reward()[row] + discount * next - v.get(state);
    v.add(state, criticStepSize.now() * tdError);
    double step = stepSize.now() * discounting[row] * tdError;
    ascend(state, action, transitions.observations(), row, step);
    discounting[row] *= discount;
  }

  /** Returns the state values that the critic has learned. */
  public VTable critic() {
    return v;
  }

  @Override
  void carryMemory(State state) {
    state.carry("discounting", discounting);
  }

  /**
   * Hyperparameters.
   *
   * @param stepSize α of the preferences, in (0, 1]
   * @param criticStepSize α of the state values, in (0, 1]
   * @param gamma γ, in [0, 1]
   */
  @RecordBuilder
  public record Config(
      @Described(
              value = "step size of the preferences",
              range = Require.STEP_SIZE,
              aliases = {"alpha", "lr", "learning_rate"})
          Schedule stepSize,
      @Described(value = "step size of the state values", range = Require.STEP_SIZE)
          Schedule criticStepSize,
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma)
      implements ActorCriticConfigBuilder.With {
    public Config {
      Require.stepSize("step_size", stepSize);
      Require.stepSize("critic_step_size", criticStepSize);
      Require.unit("gamma", gamma);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(Schedule.constant(0.05), Schedule.constant(0.1), 0.99);
    }
  }
}
