package org.bellmanrl.tabular.traces;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.Traces;
import org.bellmanrl.tabular.table.VTable;

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
 * <p>Every row has traces of its own; rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class TdLambda implements Learner {
  private final VTable v;
  private final double gamma;
  private final double lambda;
  private final Scheduled stepSize;
  private final Traces[] traces;
  private final TraceKind kind;
  private final Policy policy;

  /**
   * A learner with a table of its own.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public TdLambda(LearnerContext context, Config config, Policy policy) {
    Accepts.tables().check("td-lambda", context.spec());
    this.v = new VTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.lambda = config.lambda();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.traces = Traces.perRow(context.rows(), v.states());
    this.kind = config.kind();
    this.policy = policy;
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      Traces e = traces[row];
      if (transitions.first()[row]) {
        e.clear();
      }
      int state = v.state(transitions.observations(), row);
      double next = v.get(v.state(transitions.nextObservations(), row));
      double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
      double tdError = tdTarget - v.get(state);
      kind.visit(e, state, alpha);
      addToAll(e, alpha * tdError);
      if (transitions.last(row)) {
        e.clear();
      } else {
        e.fade(gamma * transitions.discount()[row] * lambda);
      }
    }
  }

  private void addToAll(Traces traces, double amount) {
    for (int i = 0; i < traces.count(); i++) {
      int entry = traces.entry(i);
      v.add(entry, amount * traces.get(entry));
    }
  }

  /** The policy that is judged. */
  @Override
  public Policy behaviour() {
    return policy;
  }

  /** The policy that is judged. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** The table. */
  public VTable table() {
    return v;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(v);
  }

  @Override
  public void save(StateWriter out) {
    out.begin("td-lambda", 1);
    out.write("v", v);
    Traces.save(traces, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("td-lambda", 1);
    in.read("v", v);
    Traces.restore(traces, in);
    in.end();
  }

  /**
   * Hyperparameters. λ and the step size default to values that do well in Sutton &amp; Barto's
   * figure 12.6 (random walk of 19 states); γ defaults to 0.99, which also suits tasks that don't
   * end.
   *
   * @param stepSize α, in (0, 1]
   * @param gamma γ, in [0, 1]
   * @param lambda λ, in [0, 1]
   * @param kind what a visit does to a trace
   * @param initialValue what the table holds before anything is learned, finite
   */
  public record Config(
      @Described(value = "weight of a new target", range = "(0, 1]", aliases = "alpha")
          Schedule stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(value = "how slowly traces fade", range = "[0, 1]") double lambda,
      @Described("what a visit does to a trace") TraceKind kind,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
      Checks.lambda(lambda);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(Schedule.constant(0.1), 0.99, 0.8, TraceKind.ACCUMULATING, 0);
    }
  }
}
