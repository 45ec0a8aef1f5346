package org.bellmanrl.tabular.dp;

import java.util.Arrays;
import org.bellmanrl.api.model.FiniteModel;

/**
 * The greedy policy in the values of a model: the first best action of each state.
 *
 * <p>Without discounting, going round in circles can look as good as going to the goal. So with γ =
 * 1 actions count as equally good if their values differ by no more than rounding and the tolerance
 * explain, and where the first of them never leads to an end, one that does is taken instead.
 */
final class GreedyActions {
  /** Relative rounding error of a value. */
  private static final double ROUNDING = 1e-12;

  private GreedyActions() {}

  /**
   * Returns the action of each state.
   *
   * @param v the values of the states
   * @param tolerance how far values may be off
   */
  static int[] of(FiniteModel model, double[] v, double gamma, double tolerance) {
    int[] action = new int[v.length];
    if (gamma < 1) {
      Arrays.setAll(action, s -> Backup.greedy(model, v, gamma, s));
      return action;
    }
    double[] least = new double[v.length];
    for (int s = 0; s < v.length; s++) {
      double best = Backup.best(model, v, gamma, s);
      least[s] = best - Math.max(tolerance, ROUNDING * Math.abs(best));
    }
    Termination.Choices best = (s, a) -> Backup.action(model, v, gamma, s, a) >= least[s];
    for (int s = 0; s < v.length; s++) {
      while (action[s] < model.actions() - 1 && !best.contain(s, action[s])) {
        action[s]++;
      }
    }
    Termination.lead(model, best, action);
    return action;
  }
}
