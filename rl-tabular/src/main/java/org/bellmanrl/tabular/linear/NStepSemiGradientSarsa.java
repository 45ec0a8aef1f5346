package org.bellmanrl.tabular.linear;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.state.State;

/**
 * n-step SARSA with linear function approximation.
 *
 * <pre>
 * G ← R_{t+1} + γ R_{t+2} + … + γ^(n−1) R_{t+n} + γ^n q(S_{t+n}, A_{t+n})
 * w ← w + α [G − q(S_t, A_t)] x(S_t, A_t)
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 10.2. γ is multiplied by the environment's
 * own discount. The window is cut at the end of every episode: what is left in it is learned from
 * with the shorter returns, which at a truncation bootstrap from the true last observation.
 *
 * <p>Each row of a batch has its own window; rows are learned from one after the other. Not
 * thread-safe.
 */
public final class NStepSemiGradientSarsa extends LinearControl {
  /** The id of this learner. */
  public static final String ID = "linear-n-step-sarsa";

  private final double[] w;
  private final int n;
  private final StepBuffer[] windows;

  /**
   * Creates a learner whose weights are all the initial weight.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public NStepSemiGradientSarsa(LearnerContext context, Config config) {
    super(ID, context, config.control());
    this.w = q.weights();
    this.n = config.n();
    this.windows = StepBuffer.perRow(context.rows(), q.features(), n, q.size());
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    StepBuffer window = windows[row];
    if (transitions.first()[row]) {
      window.clear();
    }
    int action = q.action(transitions.actions().values(), row);
    window.add(
        transitions.observations().values(),
        row,
        action * q.features().size(),
        transitions.reward()[row],
        transitions.discount()[row]);
    if (transitions.last(row)) {
      while (window.count() > 0) {
        learnFirst(window, alpha, next(transitions, row));
      }
    } else if (window.count() == n) {
      learnFirst(window, alpha, next(transitions, row));
    }
  }

  /** Learns from the oldest step of the window and drops it. */
  private void learnFirst(StepBuffer window, double alpha, double bootstrap) {
    double g = bootstrap;
    for (int step = window.count() - 1; step >= 0; step--) {
      g = window.reward(step) + gamma * window.discount(step) * g;
    }
    window.addTo(w, 0, alpha * (g - window.value(0, w)));
    window.removeFirst();
  }

  @Override
  protected void carryMore(State state) {
    state.carry("steps", windows);
  }

  /**
   * Hyperparameters. n defaults to what does best in Sutton &amp; Barto's figure 10.4 (mountain
   * car).
   *
   * @param control what SARSA methods have in common
   * @param n steps of a return, at least 1
   */
  @RecordBuilder
  public record Config(
      LinearControlConfig control,
      @Described(value = "steps until a return bootstraps", range = Require.AT_LEAST_ONE) int n)
      implements NStepSemiGradientSarsaConfigBuilder.With {
    public Config {
      Require.atLeast("n", n, 1);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(LinearControlConfig.defaults(), 4);
    }
  }
}
