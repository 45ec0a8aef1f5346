package org.bellmanrl.tabular.dp;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.options.Require;

/**
 * Finds the values of a policy in an exact model: iterative policy evaluation.
 *
 * <pre>V(s) ← Σ π(a|s) Σ p(s', r | s, a) [r + γ V(s')]</pre>
 *
 * <p>in place, one state after the other, until no value changes by the tolerance or more. V begins
 * at 0; γV(s') is left out where the episode ends.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 4.1. Not thread-safe.
 */
public final class PolicyEvaluation {
  private final FiniteModel model;
  private final PolicyTable policy;
  private final Config config;
  private final double[] v;

  /**
   * Starts with V = 0.
   *
   * @throws IllegalArgumentException if the policy does not fit the model, or γ = 1 and from some
   *     state it never reaches an end while rewards go on
   */
  public PolicyEvaluation(FiniteModel model, PolicyTable policy, Config config) {
    policy.checkFits(model);
    Termination.checkReachable(
        "policy evaluation",
        model,
        Termination.of(policy),
        "the policy never leads to one",
        config.gamma());
    this.model = model;
    this.policy = policy;
    this.config = config;
    this.v = new double[model.states()];
  }

  /** Backs up every state once; the largest change. */
  public double sweep() {
    double delta = 0;
    for (int s = 0; s < v.length; s++) {
      double value = Backup.policy(model, policy, v, config.gamma(), s);
      delta = Math.max(delta, Math.abs(value - v[s]));
      v[s] = value;
    }
    return delta;
  }

  /**
   * Sweeps until no value changes by the tolerance or more.
   *
   * @return the number of sweeps
   * @throws LearningException if that takes too many
   */
  public int run() {
    double change = Double.POSITIVE_INFINITY;
    int sweeps = 0;
    while (change >= config.tolerance()) {
      if (sweeps == config.maxSweeps()) {
        throw new LearningException(
            "policy evaluation has not settled after %d sweeps, the last of which changed a value"
                    .formatted(sweeps)
                + " by "
                + change
                + "; use a larger tolerance");
      }
      change = sweep();
      sweeps++;
    }
    return sweeps;
  }

  /** The value of a state. */
  public double value(int state) {
    return v[state];
  }

  /** The value of an action, if the policy is followed after it. */
  public double value(int state, int action) {
    return Backup.action(model, v, config.gamma(), state, action);
  }

  /** The mean value of the states that episodes begin in: what an episode is worth. */
  public double startValue() {
    return Backup.atStart(model, v);
  }

  /**
   * Hyperparameters.
   *
   * @param gamma γ, in [0, 1]
   * @param tolerance θ: a smaller change ends it; above 0
   * @param maxSweeps after how many sweeps {@link #run} gives up, at least 1
   */
  @RecordBuilder
  public record Config(double gamma, double tolerance, int maxSweeps)
      implements PolicyEvaluationConfigBuilder.With {
    public Config {
      Require.unit("gamma", gamma);
      SweepMethod.check(tolerance, maxSweeps);
    }

    /** To within 1e-10. */
    public static Config of(double gamma) {
      return new Config(gamma, 1e-10, 1_000_000);
    }
  }
}
