package org.bellmanrl.tabular.td;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.StepWindow;
import org.bellmanrl.tabular.learner.PredictionConfig;
import org.bellmanrl.tabular.learner.VPrediction;

/**
 * Learns the state values of a given policy, which it follows, from the rewards of n steps and the
 * value of the state after them.
 *
 * <pre>
 * G ← R₁ + γ R₂ + … + γⁿ⁻¹ Rₙ + γⁿ V(Sₙ)
 * V(S₀) ← V(S₀) + α [G − V(S₀)]
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 7.1.
 *
 * <p>At the end of an episode, a truncation too, steps get the shorter targets that there are:
 * nothing reaches into the next episode. γ is multiplied by the environment's own discount, which
 * is 0 after a terminal state; at a truncation targets bootstrap from the true last observation.
 *
 * <p>Holds the last n steps of every row. Rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class NStepTd extends VPrediction {
  /** The id of this learner. */
  public static final String ID = "n-step-td";

  private final StepWindow[] windows;

  /**
   * Creates a learner with a new table.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public NStepTd(LearnerContext context, Config config, Policy policy) {
    super(ID, context, config.prediction(), policy);
    this.windows = StepWindow.perRow(context.spec(), context.rows(), config.n(), v::states);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    StepWindow window = windows[row];
    if (transitions.first()[row]) {
      window.clear();
    }
    window.add(transitions, row, v.state(transitions.observations(), row), 1);
    double bootstrap = v.value(transitions.nextObservations(), row);
    if (transitions.last(row)) {
      while (window.length() > 0) {
        learnOldest(window, bootstrap, alpha);
      }
    } else if (window.full()) {
      learnOldest(window, bootstrap, alpha);
    }
  }

  /** Learns from the oldest step and forgets it. */
  private void learnOldest(StepWindow window, double bootstrap, double alpha) {
    double g = bootstrap;
    for (int k = window.length() - 1; k >= 0; k--) {
      g = window.reward(k) + gamma * window.discount(k) * g;
    }
    int state = window.entry(0);
    v.add(state, alpha * (g - v.get(state)));
    window.drop();
  }

  @Override
  protected void carryMore(State state) {
    state.carry("windows", windows);
  }

  /**
   * Hyperparameters.
   *
   * @param prediction those of every prediction learner
   * @param n the number of steps in a target, at least 1
   */
  @RecordBuilder
  public record Config(
      PredictionConfig prediction,
      @Described(value = "number of steps in a target", range = Require.AT_LEAST_ONE) int n)
      implements NStepTdConfigBuilder.With {
    public Config {
      Require.atLeast("n", n, 1);
    }

    /** The best step size and n of Sutton &amp; Barto's figure 7.2 (random walk of 19 states). */
    public static Config defaults() {
      return new Config(PredictionConfig.defaults().withStepSize(Schedule.constant(0.4)), 4);
    }
  }
}
