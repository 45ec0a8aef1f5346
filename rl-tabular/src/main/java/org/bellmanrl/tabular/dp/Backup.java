package org.bellmanrl.tabular.dp;

import org.bellmanrl.api.model.FiniteModel;

/** What one step pays and what comes after it, in expectation. */
final class Backup {
  private Backup() {}

  /** Σ p(s', r | s, a) [r + γ V(s')], nothing coming after an end. */
  static double action(FiniteModel model, double[] v, double gamma, int state, int action) {
    double value = 0;
    for (int i = model.from(state, action), end = model.to(state, action); i < end; i++) {
      double next = model.terminated(i) ? 0 : v[model.next(i)];
      value += model.probability(i) * (model.reward(i) + gamma * next);
    }
    return value;
  }

  /** The same over the actions of a policy: Σ π(a|s) Σ p(s', r | s, a) [r + γ V(s')]. */
  static double policy(FiniteModel model, PolicyTable policy, double[] v, double gamma, int state) {
    double value = 0;
    for (int a = 0; a < model.actions(); a++) {
      double chance = policy.probability(state, a);
      if (chance > 0) {
        value += chance * action(model, v, gamma, state, a);
      }
    }
    return value;
  }

  /** The same for the best action. */
  static double best(FiniteModel model, double[] v, double gamma, int state) {
    double best = action(model, v, gamma, state, 0);
    for (int a = 1; a < model.actions(); a++) {
      best = Math.max(best, action(model, v, gamma, state, a));
    }
    return best;
  }

  /** The first best action. */
  static int greedy(FiniteModel model, double[] v, double gamma, int state) {
    int greedy = 0;
    double best = action(model, v, gamma, state, 0);
    for (int a = 1; a < model.actions(); a++) {
      double value = action(model, v, gamma, state, a);
      if (value > best) {
        best = value;
        greedy = a;
      }
    }
    return greedy;
  }

  /** The mean of some values over the states that episodes begin in. */
  static double atStart(FiniteModel model, double[] v) {
    double mean = 0;
    for (int s = 0; s < model.states(); s++) {
      mean += model.initial(s) * v[s];
    }
    return mean;
  }
}
