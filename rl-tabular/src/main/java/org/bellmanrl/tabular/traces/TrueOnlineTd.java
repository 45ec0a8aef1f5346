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
 * Learns the state values of a given policy, which it follows, exactly as the λ-return of what is
 * known so far would at every step.
 *
 * <pre>
 * δ ← R + γ V(S') − V(S)
 * e(S) ← e(S) + 1 − α e(S)
 * V(s) ← V(s) + α (δ + V(S) − V_old) e(s)    for all s, and V(S) ← V(S) − α (V(S) − V_old)
 * V_old ← V(S'),  e(s) ← γ λ e(s)
 * </pre>
 *
 * <p>where V(S) and V(S') are those from before the update, and V_old is the value that S had when
 * it was S'; at the first step of an episode it is V(S), of which nothing is left to correct. (The
 * book's box begins with 0, which comes to the same: its first trace is 1, and α V(S) is added and
 * taken away.)
 *
 * <p>Source: van Seijen &amp; Sutton, <i>True Online TD(λ)</i>, ICML 2014; Sutton &amp; Barto, 2nd
 * ed., 2018, section 12.5.
 *
 * <p>Traces are cut at the end of every episode, a truncated one too. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Traces below 1e-12 count as 0.
 *
 * <p>Every row has traces of its own; rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class TrueOnlineTd implements Learner {
  private final VTable v;
  private final double gamma;
  private final double lambda;
  private final Scheduled stepSize;
  private final Traces[] traces;
  private final double[] old;
  private final Policy policy;

  /**
   * A learner with a table of its own.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public TrueOnlineTd(LearnerContext context, Config config, Policy policy) {
    Accepts.tables().check("true-online-td", context.spec());
    this.v = new VTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.lambda = config.lambda();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.traces = Traces.perRow(context.rows(), v.states());
    this.old = new double[context.rows()];
    this.policy = policy;
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      Traces e = traces[row];
      int state = v.state(transitions.observations(), row);
      double value = v.get(state);
      if (transitions.first()[row]) {
        e.clear();
        old[row] = value;
      }
      double next = v.get(v.state(transitions.nextObservations(), row));
      double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
      double tdError = tdTarget - value;
      TraceKind.DUTCH.visit(e, state, alpha);
      addToAll(e, alpha * (tdError + value - old[row]));
      v.add(state, -alpha * (value - old[row]));
      old[row] = next;
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
    out.begin("true-online-td", 1);
    out.write("v", v);
    out.write("old", old);
    Traces.save(traces, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("true-online-td", 1);
    in.read("v", v);
    in.read("old", old);
    Traces.restore(traces, in);
    in.end();
  }

  /**
   * Hyperparameters. λ and the step size default to values that do well in Sutton &amp; Barto's
   * figure 12.8 (random walk of 19 states); γ defaults to 0.99, which also suits tasks that don't
   * end.
   *
   * @param stepSize α, in (0, 1]
   * @param gamma γ, in [0, 1]
   * @param lambda λ, in [0, 1]
   * @param initialValue what the table holds before anything is learned, finite
   */
  public record Config(
      @Described(value = "weight of a new target", range = "(0, 1]", aliases = "alpha")
          Schedule stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(value = "how slowly traces fade", range = "[0, 1]") double lambda,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
      Checks.lambda(lambda);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(Schedule.constant(0.1), 0.99, 0.8, 0);
    }
  }
}
