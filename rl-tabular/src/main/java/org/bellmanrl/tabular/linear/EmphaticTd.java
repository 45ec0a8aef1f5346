package org.bellmanrl.tabular.linear;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.policy.FixedPolicy;

/**
 * Emphatic TD(0): weighs the updates of TD(0) so that it is stable off policy, in expectation; the
 * weights can vary without bound.
 *
 * <pre>
 * M_t = γ ρ_{t−1} M_{t−1} + 1
 * w ← w + α M ρ [R + γ v(S') − v(S)] x(S)
 * </pre>
 *
 * <p>Source: Sutton, Mahmood &amp; White, <i>An Emphatic Approach to the Problem of Off-policy
 * Temporal-Difference Learning</i>, JMLR 17, 2016; Sutton &amp; Barto, 2nd ed., 2018, section 11.8,
 * with interest 1 in every state. The emphasis begins anew with every episode.
 *
 * <p>Behaviour and target are fixed probabilities of the actions. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class EmphaticTd implements Learner {
  private final LinearV v;
  private final double gamma;
  private final Scheduled stepSize;
  private final double[] followOn;
  private final FixedPolicy behaviour;
  private final ActionIndex actions;
  private final FixedPolicy target;

  /**
   * A learner with weights of its own, over the features that the configuration names.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public EmphaticTd(LearnerContext context, Config config) {
    this(context, config, features(context, config));
  }

  /**
   * A learner with weights of its own, over any features; those that the configuration names have
   * no effect.
   *
   * @throws IllegalArgumentException if the actions are not finite
   */
  public EmphaticTd(LearnerContext context, Config config, FeatureMap features) {
    Space actionSpace = context.spec().actionSpace();
    this.v = new LinearV(features, config.initialWeight());
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.followOn = new double[context.rows()];
    this.behaviour = new FixedPolicy(actionSpace, config.behaviour());
    this.actions = ActionIndex.of(actionSpace);
    this.target =
        config.target().isEmpty() ? behaviour : new FixedPolicy(actionSpace, config.target());
  }

  private static FeatureMap features(LearnerContext context, Config config) {
    LinearSpaces.accepts().check("emphatic-td", context.spec());
    return config.features().over(context.spec().observationSpace());
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Columns now = transitions.observations().values();
    Columns next = transitions.nextObservations().values();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      double rho = ratio(transitions, row);
      double discount = gamma * transitions.discount()[row];
      double tdError =
          transitions.reward()[row] + discount * v.value(next, row) - v.value(now, row);
      double emphasis = 1 + (transitions.first()[row] ? 0 : followOn[row]);
      v.add(now, row, alpha * emphasis * rho * tdError);
      followOn[row] = discount * rho * emphasis;
    }
  }

  /** ρ, how much likelier the action is under the policy to judge. */
  private double ratio(Transitions transitions, int row) {
    int action = actions.of(transitions.actions().values(), row);
    return target.probability(transitions.observations(), row, action)
        / behaviour.probability(transitions.observations(), row, action);
  }

  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** The policy that is judged. */
  @Override
  public Policy policy() {
    return target;
  }

  /** The values. */
  public LinearV v() {
    return v;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(v);
  }

  @Override
  public void carry(State state) {
    state.begin("emphatic-td", 1);
    state.carry("v", v);
    state.carry("follow_on", followOn);
    state.end();
  }

  /**
   * Hyperparameters.
   *
   * @param features features of the observations
   * @param stepSize α, in (0, 1]; tile coding wants it divided by the number of tilings
   * @param gamma γ, in [0, 1]
   * @param behaviour probability of each action while learning; none for all the same
   * @param target probability of each action under the policy to judge; none for the behaviour
   * @param initialWeight every weight before anything is learned, finite
   */
  public record Config(
      @Described("features of the observation, such as tiles:8:10 or fourier:3") Features features,
      @Described(
              value = "step size; for tiles, divided by the number of tilings",
              range = "(0, 1]",
              aliases = "alpha")
          Schedule stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described("probability of each action while learning; none for all the same")
          List<Double> behaviour,
      @Described("probability of each action under the policy to judge; none for the behaviour")
          List<Double> target,
      @Described("what every weight is at first") double initialWeight) {
    public Config {
      Objects.requireNonNull(features);
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
      behaviour = List.copyOf(behaviour);
      target = List.copyOf(target);
      Checks.initialValue(initialWeight);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          Features.tiles(8, 8), Schedule.constant(0.01 / 8), 0.99, List.of(), List.of(), 0);
    }
  }
}
