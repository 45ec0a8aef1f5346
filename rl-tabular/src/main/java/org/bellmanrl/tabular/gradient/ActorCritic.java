package org.bellmanrl.tabular.gradient;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.Preferences;
import org.bellmanrl.tabular.policy.Softmax;
import org.bellmanrl.tabular.table.QTable;
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
public final class ActorCritic implements Learner {
  private final ActionIndex index;
  private final QTable h;
  private final VTable v;
  private final double gamma;
  private final Scheduled stepSize;
  private final double[] probabilities;
  private final Softmax policy;
  private final Scheduled criticStepSize;
  private final double[] discounting;

  /**
   * A learner with tables of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public ActorCritic(LearnerContext context, Config config) {
    Accepts.tables().check("actor-critic", context.spec());
    this.index = ActionIndex.of(context.spec().actionSpace());
    this.h = new QTable(context.spec(), 0);
    this.v = new VTable(context.spec(), 0);
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.probabilities = new double[h.actions()];
    this.policy =
        new Softmax(h, context.spec().actionSpace(), Schedule.constant(1), context.progress());
    this.criticStepSize = new Scheduled(config.criticStepSize(), context.progress());
    this.discounting = new double[context.rows()];
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    double criticAlpha = criticStepSize.now();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (transitions.first()[row]) {
        discounting[row] = 1;
      }
      double discount = gamma * transitions.discount()[row];
      int state = v.state(transitions.observations(), row);
      double next = v.get(v.state(transitions.nextObservations(), row));
      double tdError = transitions.reward()[row] + discount * next - v.get(state);
      v.add(state, criticAlpha * tdError);
      int first = state * h.actions();
      int action = index.of(transitions.actions().values(), row);
      Preferences.softmax(h, first, index, transitions.observations(), row, probabilities);
      double step = alpha * discounting[row] * tdError;
      for (int a = 0; a < h.actions(); a++) {
        h.add(first + a, step * ((a == action ? 1 : 0) - probabilities[a]));
      }
      discounting[row] *= discount;
    }
  }

  @Override
  public Policy behaviour() {
    return policy;
  }

  /** The softmax of the preferences, which is also behaved by: a random policy may be the best. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** The preferences, θ. */
  public QTable preferences() {
    return h;
  }

  /** What the critic expects. */
  public VTable critic() {
    return v;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(v);
  }

  @Override
  public void carry(State state) {
    state.begin("actor-critic", 1);
    state.carry("h", h);
    state.carry("v", v);
    state.carry("discounting", discounting);
    state.end();
  }

  /**
   * Hyperparameters.
   *
   * @param stepSize α of the preferences, in (0, 1]
   * @param criticStepSize α of the state values, in (0, 1]
   * @param gamma γ, in [0, 1]
   */
  public record Config(
      @Described(value = "step size of the preferences", range = "(0, 1]", aliases = "alpha")
          Schedule stepSize,
      @Described(value = "step size of the state values", range = "(0, 1]") Schedule criticStepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma) {
    public Config {
      Checks.stepSize(stepSize);
      Checks.stepSize(criticStepSize);
      Checks.gamma(gamma);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(Schedule.constant(0.05), Schedule.constant(0.1), 0.99);
    }
  }
}
