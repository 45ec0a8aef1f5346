package org.bellmanrl.tabular.linear;

import java.util.List;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.learner.StepwiseLearner;
import org.bellmanrl.tabular.policy.FixedPolicy;

/**
 * Base class of prediction over linear features. Behaviour and target, which is judged, are fixed
 * probabilities of the actions.
 */
abstract class LinearPrediction extends StepwiseLearner {
  final LinearV v;
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
    LinearV v = new LinearV(features, config.initialWeight());
    FixedPolicy behaviour = new FixedPolicy(space, config.behaviour());
    FixedPolicy judged = target.isEmpty() ? behaviour : new FixedPolicy(space, target);
    super(id, 2, context, config.gamma(), config.stepSize(), behaviour, judged, v, "v");
    this.v = v;
    this.actions = ActionIndex.of(space);
    this.behaviour = behaviour;
    this.target = judged;
  }

  /** Returns ρ = π(A | S) / b(A | S). */
  final double ratio(Transitions transitions, int row) {
    int action = actions.of(transitions.actions().values(), row);
    return target.probability(transitions.observations(), row, action)
        / behaviour.probability(transitions.observations(), row, action);
  }

  /** Returns the values. */
  public final LinearV v() {
    return v;
  }
}
