package com.example.drive;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.learner.QControl;

/**
 * Learns action values like Q-learning, but lowers the values of the actions that are not the best.
 *
 * <pre>Q(S, A) ← Q(S, A) + α [R + γ max_a Q(S', a) − κ (max_a Q(S, a) − Q(S, A)) − Q(S, A)]</pre>
 *
 * <p>The values of the best actions remain those of Q-learning. The distance of all others to them
 * is 1 / (1 − κ) times as large, so that errors of the estimates change the policy less often.
 *
 * <p>Source: Bellemare, Ostrovski, Guez, Thomas &amp; Munos, "Increasing the Action Gap: New
 * Operators for Reinforcement Learning", AAAI 2016, after Baird, <i>Reinforcement Learning Through
 * Gradient Descent</i>, PhD thesis, Carnegie Mellon University, 1999. Not thread-safe.
 */
public final class AdvantageLearning extends QControl {
  /** How much the gap to the best action counts, in [0, 1). */
  static final double KAPPA = 0.5;

  /**
   * Makes a learner whose action values are all {@code config.initialValue()}.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public AdvantageLearning(LearnerContext context, ControlConfig config) {
    super("advantage-learning", context, config);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    double gap = q.max(transitions.observations(), row) - q.get(entry);
    double next = q.max(transitions.nextObservations(), row);
    double target = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
    q.add(entry, alpha * (target - KAPPA * gap - q.get(entry)));
  }
}
