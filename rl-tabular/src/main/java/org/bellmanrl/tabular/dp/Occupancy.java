package org.bellmanrl.tabular.dp;

import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.options.Require;

/**
 * How often a policy is in each state in an episode, a visit at step t counting γ^t.
 *
 * <pre>η(s) = h(s) + γ Σ_s̄ η(s̄) Σ_a π(a|s̄) p(s | s̄, a)</pre>
 *
 * <p>where h is the distribution of first states. The sum over all states is the expected number of
 * steps of an episode if γ = 1, and (1 − γ)η is a distribution if episodes don't end.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 9.2 (with γ = 1); Puterman, <i>Markov
 * Decision Processes</i>, 1994, section 6.9. Immutable.
 */
public final class Occupancy {
  /** Steps after which what is left is not worth going on. */
  private static final double LEFT = 1e-14;

  private static final int MAX_STEPS = 10_000_000;

  private final PolicyTable policy;
  private final double[] visits;

  /**
   * Follows the policy until next to nothing is left in play.
   *
   * @param gamma γ, in [0, 1]
   * @throws IllegalArgumentException if γ = 1 and the policy can come to a state from which it
   *     never reaches an end
   */
  public Occupancy(FiniteModel model, PolicyTable policy, double gamma) {
    Require.unit("gamma", gamma);
    policy.checkFits(model);
    this.policy = policy;
    this.visits = new double[model.states()];
    Termination ends = new Termination(model, Termination.of(policy));
    double[] now = new double[visits.length];
    double[] next = new double[visits.length];
    double left = 0;
    for (int s = 0; s < now.length; s++) {
      now[s] = model.initial(s);
      left += now[s];
    }
    for (int step = 0; left > LEFT; step++) {
      if (step == MAX_STEPS) {
        throw new IllegalStateException(
            "after %d steps %s of all episodes go on; use gamma < 1".formatted(step, left));
      }
      left = 0;
      for (int s = 0; s < now.length; s++) {
        double here = now[s];
        now[s] = 0;
        if (here > 0) {
          if (gamma == 1 && !ends.reachable(s)) {
            throw new IllegalArgumentException(
                ("visits with gamma = 1 need an end within reach, but the policy comes to state %d"
                        + " and never to an end from there; use gamma < 1")
                    .formatted(s));
          }
          visits[s] += here;
          left += pass(model, gamma, s, here, next);
        }
      }
      double[] swap = now;
      now = next;
      next = swap;
    }
  }

  /** Hands on what is in a state to those after it; how much that is. */
  private double pass(FiniteModel model, double gamma, int state, double here, double[] next) {
    double passed = 0;
    for (int a = 0; a < model.actions(); a++) {
      double chance = policy.probability(state, a);
      for (int i = model.from(state, a); i < model.to(state, a) && chance > 0; i++) {
        if (!model.terminated(i)) {
          double share = gamma * here * chance * model.probability(i);
          next[model.next(i)] += share;
          passed += share;
        }
      }
    }
    return passed;
  }

  /** Discounted visits to a state per episode. */
  public double visits(int state) {
    return visits[state];
  }

  /** Discounted times per episode that an action is taken in a state. */
  public double visits(int state, int action) {
    return visits[state] * policy.probability(state, action);
  }

  /** Discounted steps per episode. */
  public double steps() {
    double sum = 0;
    for (double count : visits) {
      sum += count;
    }
    return sum;
  }
}
