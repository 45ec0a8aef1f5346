package org.bellmanrl.tabular.dp;

import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Checks;

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
public final class PolicyIteration implements Sweeping {
  /** Evaluation goes on until changes are so much smaller than what counts as an improvement. */
  private static final double FINER = 0.01;

  private final FiniteModel model;
  private final Config config;
  private final double[] v;
  private final int[] policy;
  private double change = Double.POSITIVE_INFINITY;
  private boolean stable;
  private int improvements;

  /**
   * Starts with V = 0.
   *
   * @throws IllegalArgumentException if γ = 1 and from some state no end can be reached while
   *     rewards go on
   */
  public PolicyIteration(FiniteModel model, Config config) {
    Ends.check("policy iteration", model, null, config.gamma());
    this.model = model;
    this.config = config;
    this.v = new double[model.states()];
    this.policy = new Ends(model, null).towards();
  }

  /** A sweep of evaluation, followed by an improvement if it was the last one. */
  @Override
  public double sweep() {
    change = evaluate();
    if (change < config.tolerance() * FINER) {
      stable = !improve();
    }
    return change;
  }

  private double evaluate() {
    double delta = 0;
    for (int s = 0; s < v.length; s++) {
      double value = value(s, policy[s]);
      delta = Math.max(delta, Math.abs(value - v[s]));
      v[s] = value;
    }
    return delta;
  }

  private boolean improve() {
    boolean improved = false;
    for (int s = 0; s < v.length; s++) {
      int greedy = Backup.greedy(model, v, config.gamma(), s);
      if (value(s, greedy) > value(s, policy[s]) + config.tolerance()) {
        policy[s] = greedy;
        improved = true;
      }
    }
    improvements++;
    return improved;
  }

  /**
   * Evaluates and improves until no action can be improved.
   *
   * @return the number of sweeps
   * @throws IllegalStateException if that takes too many
   */
  public int run() {
    return Sweeping.run(this, "policy iteration", config.maxSweeps());
  }

  @Override
  public boolean settled() {
    return stable;
  }

  /** How many times the policy was looked at for improvements. */
  public int improvements() {
    return improvements;
  }

  @Override
  public FiniteModel model() {
    return model;
  }

  /** The value of a state. */
  public double value(int state) {
    return v[state];
  }

  @Override
  public double value(int state, int action) {
    return Backup.action(model, v, config.gamma(), state, action);
  }

  /** The mean value of the states that episodes begin in: what an episode is worth. */
  public double startValue() {
    return Backup.atStart(model, v);
  }

  @Override
  public double change() {
    return change;
  }

  /** The present policy. */
  public PolicyTable policy() {
    return PolicyTable.deterministic(policy, model.actions());
  }

  @Override
  public void carry(State state) {
    state.begin("policy-iteration", 1);
    state.carry("v", v);
    state.carry("policy", policy);
    change = state.carry("change", change);
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
    return new SweepLearner(
        "policy-iteration", context, model -> new PolicyIteration(model, config));
  }

  /**
   * Hyperparameters.
   *
   * @param gamma γ, in [0, 1]
   * @param tolerance an action must be better by more than that to replace another; above 0
   * @param maxSweeps after how many sweeps of evaluation {@link #run} gives up, at least 1
   */
  public record Config(
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(
              value = "an action must be better by more than that to replace another",
              range = "above 0",
              aliases = "theta")
          double tolerance,
      @Described(value = "sweeps after which to give up", range = "at least 1") int maxSweeps) {
    public Config {
      Checks.gamma(gamma);
      Sweeping.check(tolerance, maxSweeps);
    }

    /** γ = 0.99, to within 1e-10. */
    public static Config defaults() {
      return new Config(0.99, 1e-10, 1_000_000);
    }

    /** The same with another γ. */
    public Config withGamma(double other) {
      return new Config(other, tolerance, maxSweeps);
    }
  }
}
