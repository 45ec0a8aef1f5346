package org.bellmanrl.tabular.linear;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.policy.FixedPolicy;

/**
 * Base class of prediction over linear features. Behaviour and target, which is judged, are fixed
 * probabilities of the actions.
 */
abstract class LinearPrediction implements Learner {
  final LinearV v;
  final double gamma;
  private final Scheduled stepSize;
  private final String id;
  private final ActionIndex actions;
  private final FixedPolicy behaviour;
  private final FixedPolicy target;

  /**
   * Creates a learner whose weights are all the initial weight.
   *
   * @param id names the learner in messages, and its saved state
   * @param target probability of each action under the policy to judge; none for the behaviour
   * @throws IllegalArgumentException if the task's spaces are not accepted, or a probability is
   *     wrong
   */
  LinearPrediction(
      String id, LearnerContext context, LinearPredictionConfig config, List<Double> target) {
    Space space = context.spec().actionSpace();
    FeatureMap features = LinearSpaces.features(id, context.spec(), config.features());
    this.id = id;
    this.v = new LinearV(features, config.initialWeight());
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.actions = ActionIndex.of(space);
    this.behaviour = new FixedPolicy(space, config.behaviour());
    this.target = target.isEmpty() ? this.behaviour : new FixedPolicy(space, target);
  }

  /**
   * Learns from the step of one row.
   *
   * @param alpha the step size
   */
  abstract void update(Transitions transitions, int row, double alpha);

  /** Carries what the learner remembers besides the weights; nothing by default. */
  void carryMore(State state) {}

  /** Returns ρ = π(A | S) / b(A | S). */
  final double ratio(Transitions transitions, int row) {
    int action = actions.of(transitions.actions().values(), row);
    return target.probability(transitions.observations(), row, action)
        / behaviour.probability(transitions.observations(), row, action);
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      update(transitions, rows.at(i), alpha);
    }
  }

  @Override
  public final Policy behaviour() {
    return behaviour;
  }

  /** Returns the policy that is judged. */
  @Override
  public final Policy policy() {
    return target;
  }

  /** Returns the values. */
  public final LinearV v() {
    return v;
  }

  @Override
  public final Optional<ValueFunction> values() {
    return Optional.of(v);
  }

  @Override
  public final void carry(State state) {
    state.begin(id, 2);
    state.carry("v", v);
    carryMore(state);
    state.end();
  }
}
