package org.bellmanrl.tabular.dp;

import java.util.Arrays;
import org.bellmanrl.api.model.FiniteModel;

/**
 * π(a|s): the probability of each action in each state, as numbers to calculate with.
 *
 * <p>Immutable and safe for threads.
 */
public final class PolicyTable {
  private final int states;
  private final int actions;
  private final double[] probabilities;

  private PolicyTable(int states, int actions, double[] probabilities) {
    this.states = states;
    this.actions = actions;
    this.probabilities = probabilities;
  }

  /**
   * A policy by its probabilities.
   *
   * @param states number of states
   * @param actions number of actions
   * @param probabilities of the actions of state 0, then of state 1, and so on; copied
   * @throws IllegalArgumentException if they are not as many, not in [0, 1], or don't sum to 1 in
   *     some state
   */
  public static PolicyTable of(int states, int actions, double... probabilities) {
    if (probabilities.length != states * actions) {
      throw new IllegalArgumentException(
          "a policy of %d states and %d actions has %d probabilities, was given %d"
              .formatted(states, actions, states * actions, probabilities.length));
    }
    for (int s = 0; s < states; s++) {
      double sum = 0;
      for (int a = 0; a < actions; a++) {
        double p = probabilities[s * actions + a];
        if (!(p >= 0 && p <= 1)) {
          throw new IllegalArgumentException(
              "probability of state %d, action %d must be in [0, 1], was %s".formatted(s, a, p));
        }
        sum += p;
      }
      if (Math.abs(sum - 1) > FiniteModel.TOLERANCE) {
        throw new IllegalArgumentException(
            "probabilities of state %d must sum to 1, summed to %s".formatted(s, sum));
      }
    }
    return new PolicyTable(states, actions, probabilities.clone());
  }

  /** Every action with the same probability. */
  public static PolicyTable uniform(int states, int actions) {
    double[] probabilities = new double[states * actions];
    Arrays.fill(probabilities, 1.0 / actions);
    return new PolicyTable(states, actions, probabilities);
  }

  /**
   * One action per state.
   *
   * @param action the action of each state, in [0, actions)
   */
  public static PolicyTable deterministic(int[] action, int actions) {
    double[] probabilities = new double[action.length * actions];
    for (int s = 0; s < action.length; s++) {
      if (action[s] < 0 || action[s] >= actions) {
        throw new IllegalArgumentException(
            "action of state %d must be in [0, %d), was %d".formatted(s, actions, action[s]));
      }
      probabilities[s * actions + action[s]] = 1;
    }
    return new PolicyTable(action.length, actions, probabilities);
  }

  /** Number of states. */
  public int states() {
    return states;
  }

  /** Number of actions. */
  public int actions() {
    return actions;
  }

  /** Probability of an action in a state. */
  public double probability(int state, int action) {
    return probabilities[state * actions + action];
  }

  /** The likeliest action of a state, the first of several. */
  public int likeliest(int state) {
    int best = 0;
    for (int a = 1; a < actions; a++) {
      if (probability(state, a) > probability(state, best)) {
        best = a;
      }
    }
    return best;
  }

  /** Refuses a model of other states or actions. */
  void checkFits(FiniteModel model) {
    if (model.states() != states || model.actions() != actions) {
      throw new IllegalArgumentException(
          "a policy of %d states and %d actions does not fit a model of %d states and %d actions"
              .formatted(states, actions, model.states(), model.actions()));
    }
  }
}
