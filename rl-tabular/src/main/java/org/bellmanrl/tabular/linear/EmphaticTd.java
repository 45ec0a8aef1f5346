package org.bellmanrl.tabular.linear;

import java.util.List;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;

/**
 * Emphatic TD(0): weighs the updates of TD(0) so that it is stable off policy, in expectation; the
 * weights can vary without bound.
 *
 * <pre>
 * M_t = γ ρ_{t−1} M_{t−1} + 1
 * w ← w + α M ρ [R + γ v(S') − v(S)] x(S)
 * </pre>
 *
 * <p>Source: Sutton, Mahmood &amp; White, <i>An Emphatic Approach to the Problem of Off-policy
 * Temporal-Difference Learning</i>, JMLR 17, 2016; Sutton &amp; Barto, 2nd ed., 2018, section 11.8,
 * with interest 1 in every state. The emphasis starts from 1 with every episode.
 *
 * <p>Behaviour and target are fixed probabilities of the actions. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class EmphaticTd extends LinearPrediction {
  /** The id of this learner. */
  public static final String ID = "emphatic-td";

  private final double[] followOn;

  /**
   * Creates a learner whose weights are all the initial weight.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public EmphaticTd(LearnerContext context, OffPolicyConfig config) {
    super(ID, context, config.prediction(), config.target());
    this.followOn = new double[context.rows()];
  }

  /** Returns the default hyperparameters. */
  public static OffPolicyConfig defaults() {
    return new OffPolicyConfig(LinearPredictionConfig.of(0.01 / 8), List.of());
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    Columns now = transitions.observations().values();
    Columns next = transitions.nextObservations().values();
    double rho = ratio(transitions, row);
    double discount = gamma * transitions.discount()[row];
    double tdError = transitions.reward()[row] + discount * v.value(next, row) - v.value(now, row);
    double emphasis = 1 + (transitions.first()[row] ? 0 : followOn[row]);
    v.add(now, row, alpha * emphasis * rho * tdError);
    followOn[row] = discount * rho * emphasis;
  }

  @Override
  protected void carryMore(State state) {
    state.carry("follow_on", followOn);
  }
}
