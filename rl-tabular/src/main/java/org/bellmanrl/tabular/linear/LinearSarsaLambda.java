package org.bellmanrl.tabular.linear;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;

/**
 * SARSA(λ) with linear function approximation.
 *
 * <pre>
 * z ← z + x(S, A), or with replacing traces z_i ← x_i(S, A) where that is not 0
 * w ← w + α [R + γ q(S', A') − q(S, A)] z
 * z ← γ λ z
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 12.7, whose box is for binary features;
 * replacing traces: Singh &amp; Sutton, <i>Reinforcement Learning with Replacing Eligibility
 * Traces</i>, Machine Learning 22, 1996. Beyond them, replacing traces take the value of a feature
 * that is not binary, and a trace below 1e-12 is taken as 0. γ is multiplied by the environment's
 * own discount; traces are cut at the end of every episode, a truncated one too.
 *
 * <p>Each row of a batch has its own traces; rows are learned from one after the other. Not
 * thread-safe.
 */
public final class LinearSarsaLambda extends LinearControl {
  /** The id of this learner. */
  public static final String ID = "linear-sarsa-lambda";

  private final double[] w;
  private final double lambda;
  private final boolean replacing;
  private final boolean clearOthers;
  private final SparseTraces[] traces;

  /**
   * Creates a learner whose weights are all the initial weight.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public LinearSarsaLambda(LearnerContext context, Config config) {
    super(ID, context, config.control());
    this.w = q.weights();
    this.lambda = config.lambda();
    this.replacing = config.replacing();
    this.clearOthers = config.clearOthers();
    this.traces = SparseTraces.perRow(context.rows(), q.size());
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    SparseTraces z = traces[row];
    if (transitions.first()[row]) {
      z.clear();
    }
    Columns observations = transitions.observations().values();
    int action = q.action(transitions.actions().values(), row);
    int block = action * q.features().size();
    double discount = transitions.discount()[row];
    double tdError =
        transitions.reward()[row]
            + gamma * discount * next(transitions, row)
            - q.value(observations, row, action);
    if (clearOthers) {
      for (int other = 0; other < q.actions(); other++) {
        if (other != action) {
          z.clear(q.features(), observations, row, other * q.features().size());
        }
      }
    }
    if (replacing) {
      z.replace(q.features(), observations, row, block);
    } else {
      z.accumulate(q.features(), observations, row, block);
    }
    z.addTo(w, alpha * tdError);
    if (transitions.last(row)) {
      z.clear();
    } else {
      z.decay(gamma * lambda * discount);
    }
  }

  @Override
  protected void carryMore(State state) {
    state.carry("traces", traces);
  }

  /**
   * Hyperparameters. λ defaults to what does well in Sutton &amp; Barto's figure 12.10 (mountain
   * car).
   *
   * @param control what SARSA methods have in common
   * @param lambda λ, in [0, 1]
   * @param replacing whether a trace is set rather than added to
   * @param clearOthers whether the traces of what is observed are set to 0 for all other actions
   *     (Singh &amp; Sutton, 1996, section 3.4)
   */
  @RecordBuilder
  public record Config(
      LinearControlConfig control,
      @Described(value = "how slowly traces decay", range = Require.UNIT) double lambda,
      @Described("whether a trace is set to its feature, not added to") boolean replacing,
      @Described("whether traces of what is observed are cleared for all other actions")
          boolean clearOthers)
      implements LinearSarsaLambdaConfigBuilder.With {
    public Config {
      Require.unit("lambda", lambda);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(LinearControlConfig.defaults(), 0.9, true, false);
    }
  }
}
