package org.bellmanrl.tabular.dp;

import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.options.Require;

/**
 * Finds the largest return within a number of steps, and how: backward induction.
 *
 * <pre>V_n(s) = max_a Σ p(s', r | s, a) [r + γ V_{n−1}(s')],   V_0(s) = 0</pre>
 *
 * <p>where n steps are left. The best action depends on n, so this is what an episode limit allows
 * at most, a policy that does not look at the clock usually gets less.
 *
 * <p>Source: Bellman, <i>Dynamic Programming</i>, 1957; Puterman, <i>Markov Decision Processes</i>,
 * 1994, section 4.5. Holds 12 bytes per state and step. Immutable.
 */
public final class FiniteHorizon {
  private final FiniteModel model;
  private final double[][] v;
  private final int[][] action;

  /**
   * Calculates everything.
   *
   * @param gamma γ, in [0, 1]
   * @param horizon number of steps, at least 1
   */
  public FiniteHorizon(FiniteModel model, double gamma, int horizon) {
    Require.unit("gamma", gamma);
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon must be at least 1 step, was " + horizon);
    }
    this.model = model;
    this.v = new double[horizon + 1][model.states()];
    this.action = new int[horizon + 1][model.states()];
    for (int n = 1; n <= horizon; n++) {
      for (int s = 0; s < model.states(); s++) {
        action[n][s] = Backup.greedy(model, v[n - 1], gamma, s);
        v[n][s] = Backup.action(model, v[n - 1], gamma, s, action[n][s]);
      }
    }
  }

  /** The value of a state with so many steps left, in [0, horizon]. */
  public double value(int stepsLeft, int state) {
    return v[stepsLeft][state];
  }

  /** The best action in a state with so many steps left, in [1, horizon]; the first of several. */
  public int action(int stepsLeft, int state) {
    return action[stepsLeft][state];
  }

  /** The mean value of the states that episodes begin in, with so many steps left. */
  public double startValue(int stepsLeft) {
    return Backup.atStart(model, v[stepsLeft]);
  }
}
