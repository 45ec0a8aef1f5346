package org.bellmanrl.tabular.dp;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.state.State;

/**
 * Finds the optimal values and an optimal policy of an exact model by turns of evaluation and
 * improvement.
 *
 * <pre>
 * V(s) ← Σ p(s', r | s, π(s)) [r + γ V(s')]              until it changes no more
 * π(s) ← argmax_a Σ p(s', r | s, a) [r + γ V(s')]        until that changes nothing
 * </pre>
 *
 * <p>Source: Howard, <i>Dynamic Programming and Markov Processes</i>, 1960; Sutton &amp; Barto, 2nd
 * ed., 2018, section 4.3. Two departures make it end: an action is replaced only by one that is
 * better by more than the tolerance (the box can swap equally good ones for ever), and the first
 * policy is one that reaches an end from every state that can, so that it has values with γ = 1. A
 * policy that is strictly better keeps that property.
 *
 * <p>Not thread-safe.
 */
public final class PolicyIteration extends SweepMethod {
  /** The id of this learner. */
  public static final String ID = "policy-iteration";

  /** Evaluation goes on until changes are so much smaller than what counts as an improvement. */
  private static final double FINER = 0.01;

  private final int[] policy;
  private boolean stable;
  private int improvements;

  /**
   * Starts with V = 0.
   *
   * @throws IllegalArgumentException if γ = 1 and from some state no end can be reached while
   *     rewards go on
   */
  public PolicyIteration(FiniteModel model, Config config) {
    super("policy iteration", model, config.gamma(), config.tolerance(), config.maxSweeps());
    this.policy = new Termination(model, Termination.Choices.ALL).towards();
  }

  /** A sweep of evaluation, followed by an improvement if it was the last one. */
  @Override
  double backUp() {
    double delta = 0;
    for (int s = 0; s < v.length; s++) {
      double value = value(s, policy[s]);
      delta = Math.max(delta, Math.abs(value - v[s]));
      v[s] = value;
    }
    if (delta < tolerance * FINER) {
      stable = !improve();
    }
    return delta;
  }

  private boolean improve() {
    boolean improved = false;
    for (int s = 0; s < v.length; s++) {
      int greedy = Backup.greedy(model, v, gamma, s);
      if (value(s, greedy) > value(s, policy[s]) + tolerance) {
        policy[s] = greedy;
        improved = true;
      }
    }
    improvements++;
    return improved;
  }

  @Override
  boolean settled() {
    return stable;
  }

  /** Returns how many times the policy was looked at for improvements. */
  public int improvements() {
    return improvements;
  }

  @Override
  public PolicyTable policy() {
    return PolicyTable.deterministic(policy, model.actions());
  }

  @Override
  public void carry(State state) {
    state.begin(ID, 2);
    super.carry(state);
    state.carry("policy", policy);
    stable = state.carry("stable", stable);
    improvements = state.carry("improvements", improvements);
    state.end();
  }

  /**
   * Makes a learner that sweeps once for every step that is taken, until the values have settled,
   * and that behaves greedily.
   *
   * @throws IllegalArgumentException if the task has no exact model, or its spaces are not finite
   */
  public static Learner learner(LearnerContext context, Config config) {
    return new SweepLearner(ID, context, model -> new PolicyIteration(model, config));
  }

  /**
   * Hyperparameters.
   *
   * @param gamma γ, in [0, 1]
   * @param tolerance an action must be better by more than that to replace another; above 0
   * @param maxSweeps after how many sweeps of evaluation {@link #run} gives up, at least 1
   */
  @RecordBuilder
  public record Config(
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(
              value = "an action must be better by more than that to replace another",
              range = Require.POSITIVE,
              aliases = "theta")
          double tolerance,
      @Described(value = "sweeps after which to give up", range = Require.AT_LEAST_ONE)
          int maxSweeps)
      implements PolicyIterationConfigBuilder.With {
    public Config {
      Require.unit("gamma", gamma);
      SweepMethod.check(tolerance, maxSweeps);
    }

    /** Returns the defaults: γ = 0.99, to within 1e-10. */
    public static Config defaults() {
      return new Config(0.99, 1e-10, 1_000_000);
    }
  }
}
