package org.bellmanrl.tabular.td;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.StepWindow;
import org.bellmanrl.tabular.learner.QControl;
import org.bellmanrl.tabular.policy.ActionProbabilities;

/**
 * What the n-step control methods have in common: steps wait in a window until their target can be
 * made, the oldest first. At the end of an episode, a truncation too, the steps that still wait get
 * the shorter targets that there are, and the window is emptied: nothing reaches into the next one.
 */
abstract class NStepControl extends QControl {
  private final StepWindow[] windows;

  /** The behaviour policy. */
  final ActionProbabilities behaving;

  /** The greedy policy, which off-policy methods learn about. */
  final ActionProbabilities greedy;

  NStepControl(String id, LearnerContext context, NStepConfig config) {
    super(id, context, config.control());
    this.windows = StepWindow.perRow(context.spec(), context.rows(), config.n(), q::entries);
    this.behaving = config.control().probabilities(context);
    this.greedy = ActionProbabilities.greedy(context, config.control().ties());
  }

  /** What the window's newest step is followed by: the value that targets bootstrap from. */
  abstract double bootstrap(Transitions transitions, int row);

  /**
   * The return of the window's oldest step: the discounted sum of rewards and bootstrap, unless a
   * subclass knows better.
   *
   * @param bootstrap what follows the newest step
   */
  double target(StepWindow window, double bootstrap) {
    double g = bootstrap;
    for (int k = window.length() - 1; k >= 0; k--) {
      g = window.reward(k) + gamma * window.discount(k) * g;
    }
    return g;
  }

  /** How much the error of the oldest step counts; 1 unless learning off policy. */
  double weight(StepWindow window, Transitions transitions, int row) {
    return 1;
  }

  /** Σ π(a|S') Q(S', a), where π is the behaviour policy or the greedy one. */
  final double expected(ActionProbabilities pi, Transitions transitions, int row) {
    Observations following = transitions.nextObservations();
    return pi.expected(q, q.first(following, row), following, row);
  }

  @Override
  protected final void update(Transitions transitions, int row, double alpha) {
    StepWindow window = windows[row];
    if (transitions.first()[row]) {
      window.clear();
    }
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    double chance = behaving.of(q, entry, transitions.observations(), row);
    window.add(transitions, row, entry, chance);
    if (transitions.last(row)) {
      double bootstrap = bootstrap(transitions, row);
      while (window.length() > 0) {
        learnOldest(transitions, row, window, bootstrap, alpha);
      }
    } else if (window.full()) {
      learnOldest(transitions, row, window, bootstrap(transitions, row), alpha);
    }
  }

  /** Learns from the oldest step and forgets it. */
  private void learnOldest(
      Transitions transitions, int row, StepWindow window, double bootstrap, double alpha) {
    int entry = window.entry(0);
    double error = target(window, bootstrap) - q.get(entry);
    q.add(entry, alpha * weight(window, transitions, row) * error);
    window.drop();
  }

  @Override
  protected final void carryMore(State state) {
    state.carry("windows", windows);
  }
}
