package org.bellmanrl.tabular.dp;

import java.util.Arrays;
import org.bellmanrl.api.model.FiniteModel;

/**
 * Searches a model for a policy that never ends an episode and earns more than 0 per step: without
 * discounting its values are infinite.
 *
 * <pre>
 * g(s) ← max_a Σ p(s', r | s, a) [r + h(s')] − h(s)          over the actions that cannot end
 * h(s) ← h(s) + g(s) / 2
 * </pre>
 *
 * <p>No policy earns more per step than the largest g; where all greedy actions of a set of states
 * stay in the set, the greedy policy earns at least the smallest g of the set. One of the two
 * bounds decides. Half steps keep g from oscillating.
 *
 * <p>Source: Puterman, <i>Markov Decision Processes</i>, 1994, sections 8.5.4 (aperiodicity) and
 * 9.4 (value iteration for the average reward).
 */
final class EndlessReward {
  /** There is no such policy. */
  static final int NONE = -1;

  /** An average reward up to this is taken as 0. */
  private static final double ZERO = 1e-9;

  /** Rounds after which the search gives up. */
  private static final int MAX_ROUNDS = 10_000;

  private final FiniteModel model;
  private final boolean[] endless;
  private final boolean[] alive;
  private final double[] h;
  private final double[] g;
  private final int[] greedy;

  private EndlessReward(FiniteModel model) {
    this.model = model;
    this.endless = new boolean[model.states() * model.actions()];
    this.alive = new boolean[model.states()];
    this.h = new double[model.states()];
    this.g = new double[model.states()];
    this.greedy = new int[model.states()];
    Arrays.fill(endless, true);
    Arrays.fill(alive, true);
  }

  /** Returns a state from which such a policy starts, or {@link #NONE} if none was found. */
  static int find(FiniteModel model) {
    return new EndlessReward(model).search();
  }

  private int search() {
    keepEndlessActions();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      double most = 0;
      for (int s = 0; s < h.length; s++) {
        if (alive[s]) {
          backUp(s);
          most = Math.max(most, g[s]);
        }
      }
      if (most <= ZERO) {
        return NONE;
      }
      int found = closedSet();
      if (found != NONE) {
        return found;
      }
      for (int s = 0; s < h.length; s++) {
        h[s] += g[s] / 2;
      }
    }
    return NONE;
  }

  /** Strikes out actions that may end the episode, or lead to a state where all are struck out. */
  private void keepEndlessActions() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int s = 0; s < alive.length; s++) {
        boolean any = false;
        for (int a = 0; alive[s] && a < model.actions(); a++) {
          int pair = s * model.actions() + a;
          endless[pair] = endless[pair] && staysIn(alive, s, a);
          any |= endless[pair];
        }
        changed |= alive[s] && !any;
        alive[s] = any;
      }
    }
  }

  private boolean staysIn(boolean[] set, int state, int action) {
    for (int i = model.from(state, action); i < model.to(state, action); i++) {
      if (model.terminated(i) || !set[model.next(i)]) {
        return false;
      }
    }
    return true;
  }

  private void backUp(int state) {
    double best = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < model.actions(); a++) {
      if (endless[state * model.actions() + a]) {
        double value = Backup.action(model, h, 1, state, a);
        if (value > best) {
          best = value;
          greedy[state] = a;
        }
      }
    }
    g[state] = best - h[state];
  }

  /** A state of the largest set that greedy actions do not leave and in which all g are above 0. */
  private int closedSet() {
    boolean[] set = new boolean[g.length];
    for (int s = 0; s < set.length; s++) {
      set[s] = alive[s] && g[s] > ZERO;
    }
    int last = NONE;
    boolean changed = true;
    while (changed) {
      changed = false;
      last = NONE;
      for (int s = 0; s < set.length; s++) {
        if (set[s] && !staysIn(set, s, greedy[s])) {
          set[s] = false;
          changed = true;
        }
        last = set[s] ? s : last;
      }
    }
    return last;
  }
}
