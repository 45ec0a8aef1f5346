package org.bellmanrl.tabular.traces;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.tabular.internal.Traces;

/**
 * Learns the state values of a given policy, which it follows, by handing every surprise back to
 * all states that led to it.
 *
 * <pre>
 * δ ← R + γ V(S') − V(S)
 * e(S) ← e(S) + 1                            or 1, or e(S) + 1 − α e(S): see TraceKind
 * V(s) ← V(s) + α δ e(s),  e(s) ← γ λ e(s)   for all s
 * </pre>
 *
 * <p>Source: Sutton, <i>Learning to Predict by the Methods of Temporal Differences</i>, Machine
 * Learning 3, 1988; Sutton &amp; Barto, 2nd ed., 2018, section 12.2; replacing traces: Singh &amp;
 * Sutton, Machine Learning 22, 1996.
 *
 * <p>Traces are cut at the end of every episode, a truncated one too. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Traces below 1e-12 count as 0.
 *
 * <p>Each row has its own traces; the rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class TdLambda extends LambdaPrediction {
  /** The id of this learner. */
  public static final String ID = "td-lambda";

  private final TraceKind kind;

  /**
   * Creates a learner with a new table.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public TdLambda(LearnerContext context, Config config, Policy policy) {
    super(ID, context, config.traces(), policy);
    this.kind = config.kind();
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    Traces e = traces(transitions, row);
    int state = v.state(transitions.observations(), row);
    double next = v.value(transitions.nextObservations(), row);
    double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
    double tdError = tdTarget - v.get(state);
    kind.visit(e, state, alpha);
    addToAll(e, alpha * tdError);
    fade(e, transitions, row);
  }

  /**
   * Hyperparameters.
   *
   * @param traces those of every prediction learner with λ
   * @param kind what a visit does to a trace
   */
  @RecordBuilder
  public record Config(
      LambdaPredictionConfig traces, @Described("what a visit does to a trace") TraceKind kind)
      implements TdLambdaConfigBuilder.With {

    /** The family's defaults and accumulating traces. */
    public static Config defaults() {
      return new Config(LambdaPredictionConfig.defaults(), TraceKind.ACCUMULATING);
    }
  }
}
