package org.bellmanrl.tabular.linear;

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
import org.bellmanrl.tabular.policy.EpsilonGreedy;
import org.bellmanrl.tabular.policy.Greedy;

/**
 * Base class of the SARSA family over linear features: ε-greedy behaviour, and an update that needs
 * the next action.
 */
abstract class LinearControl implements Learner {
  final LinearQ q;
  final double gamma;
  private final Scheduled stepSize;
  private final String id;
  private final EpsilonGreedy behaviour;
  private final Greedy policy;

  /**
   * Creates a learner whose weights are all the initial weight.
   *
   * @param id names the learner in messages, and its saved state
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  LinearControl(String id, LearnerContext context, LinearControlConfig config) {
    Space actions = context.spec().actionSpace();
    FeatureMap features = LinearSpaces.features(id, context.spec(), config.features());
    this.id = id;
    this.q = new LinearQ(features, actions, config.initialWeight());
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.behaviour =
        new EpsilonGreedy(q, actions, config.epsilon(), context.progress(), config.ties());
    this.policy = new Greedy(q, actions, config.ties());
  }

  /**
   * Learns from the step of one row.
   *
   * @param alpha the step size
   */
  abstract void update(Transitions transitions, int row, double alpha);

  /** Carries what the learner remembers besides the weights; nothing by default. */
  void carryMore(State state) {}

  /** Returns q(S', A'); 0 after a terminal state, where there is no A'. */
  final double next(Transitions transitions, int row) {
    if (transitions.discount()[row] == 0) {
      return 0;
    }
    int action = q.action(transitions.nextActions().values(), row);
    return q.value(transitions.nextObservations().values(), row, action);
  }

  @Override
  public final void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      update(transitions, rows.at(i), alpha);
    }
  }

  @Override
  public final boolean needsNextAction() {
    return true;
  }

  @Override
  public final Policy behaviour() {
    return behaviour;
  }

  /** Returns the greedy policy in the values. */
  @Override
  public final Policy policy() {
    return policy;
  }

  /** Returns the values. */
  public final LinearQ q() {
    return q;
  }

  @Override
  public final Optional<ValueFunction> values() {
    return Optional.of(q);
  }

  @Override
  public final void carry(State state) {
    state.begin(id, 2);
    state.carry("q", q);
    carryMore(state);
    state.end();
  }
}
