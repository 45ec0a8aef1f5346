package org.bellmanrl.tabular.linear;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;

/**
 * Gradient TD methods, which converge off policy as well: beside the weights w of the values they
 * learn second weights h, whose hᵀx follows the expected δ, and take from w what makes TD(0)
 * diverge.
 *
 * <pre>
 * δ = R + γ v(S') − v(S)
 * w ← w + α ρ [… x − γ x' (xᵀh)]      where the methods differ in …
 * h ← h + β ρ (δ − hᵀx) x
 * </pre>
 *
 * <p>Source: Sutton, Maei, Precup, Bhatnagar, Silver, Szepesvári &amp; Wiewiora, <i>Fast
 * Gradient-Descent Methods for Temporal-Difference Learning with Linear Function Approximation</i>,
 * ICML 2009; Sutton &amp; Barto, 2nd ed., 2018, section 11.7.
 *
 * <p>Behaviour and target are fixed probabilities of the actions. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Rows of a batch are learned from one after the other. Not thread-safe.
 */
public abstract sealed class GradientTd extends LinearPrediction permits GradientTd2, Tdc {
  private final Scheduled secondStepSize;
  private final LinearV second;

  GradientTd(String id, LearnerContext context, Config config) {
    super(id, context, config.prediction(), config.target());
    this.secondStepSize = new Scheduled(config.secondStepSize(), context.progress());
    this.second = new LinearV(v.features(), 0);
  }

  /**
   * Returns by how much of x the weights move.
   *
   * @param tdError δ
   * @param expected hᵀx, what δ is expected to be
   */
  abstract double correction(double tdError, double expected);

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    Columns now = transitions.observations().values();
    Columns next = transitions.nextObservations().values();
    double rho = ratio(transitions, row);
    double discount = gamma * transitions.discount()[row];
    double tdError = transitions.reward()[row] + discount * v.value(next, row) - v.value(now, row);
    double expected = second.value(now, row);
    v.add(now, row, alpha * rho * correction(tdError, expected));
    v.add(next, row, -alpha * rho * discount * expected);
    second.add(now, row, secondStepSize.now() * rho * (tdError - expected));
  }

  @Override
  protected void carryMore(State state) {
    state.carry("second", second);
  }

  /**
   * Hyperparameters.
   *
   * @param prediction what prediction methods have in common
   * @param secondStepSize β of the second weights, in (0, 1]
   * @param target probability of each action under the policy to judge; none for the behaviour
   */
  @RecordBuilder
  public record Config(
      LinearPredictionConfig prediction,
      @Described(
              value = "step size of the second weights",
              range = Require.STEP_SIZE,
              aliases = "beta")
          Schedule secondStepSize,
      @Described("probability of each action under the policy to evaluate; none for the behaviour")
          List<Double> target)
      implements GradientTdConfigBuilder.With {
    public Config {
      Require.stepSize("second_step_size", secondStepSize);
      target = List.copyOf(target);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(LinearPredictionConfig.of(0.05 / 8), Schedule.constant(0.1 / 8), List.of());
    }
  }
}
