package org.bellmanrl.tabular.linear;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.tabular.learner.StepwiseLearner;
import org.bellmanrl.tabular.policy.EpsilonGreedy;
import org.bellmanrl.tabular.policy.Greedy;

/**
 * Base class of the SARSA family over linear features: ε-greedy behaviour, and an update that needs
 * the next action.
 */
abstract class LinearControl extends StepwiseLearner {
  final LinearQ q;

  /**
   * Creates a learner whose weights are all the initial weight.
   *
   * @param id names the learner in messages, and its saved state
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  LinearControl(String id, LearnerContext context, LinearControlConfig config) {
    Space actions = context.spec().actionSpace();
    FeatureMap features = LinearSpaces.features(id, context.spec(), config.features());
    LinearQ q = new LinearQ(features, actions, config.initialWeight());
    super(
        id,
        2,
        context,
        config.gamma(),
        config.stepSize(),
        new EpsilonGreedy(q, actions, config.epsilon(), context.progress(), config.ties()),
        new Greedy(q, actions, config.ties()),
        q,
        "q");
    this.q = q;
  }

  /** Returns q(S', A'); 0 after a terminal state, where there is no A'. */
  final double next(Transitions transitions, int row) {
    if (transitions.discount()[row] == 0) {
      return 0;
    }
    int action = q.action(transitions.nextActions().values(), row);
    return q.value(transitions.nextObservations().values(), row, action);
  }

  @Override
  public final boolean needsNextAction() {
    return true;
  }

  /** Returns the values. */
  public final LinearQ q() {
    return q;
  }
}
