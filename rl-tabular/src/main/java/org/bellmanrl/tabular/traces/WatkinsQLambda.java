package org.bellmanrl.tabular.traces;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Metrics;
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
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Learns the optimal action values with traces that reach back to the last action that was not
 * greedy.
 *
 * <pre>
 * e(s, a) ← 0 for all s, a                            if A is not greedy in S
 * δ ← R + γ max_a Q(S', a) − Q(S, A)
 * e(S, A) ← e(S, A) + 1                               or 1, or e + 1 − α e: see TraceKind
 * Q(s, a) ← Q(s, a) + α δ e(s, a),  e(s, a) ← γ λ e(s, a)    for all s, a
 * </pre>
 *
 * <p>Source: Watkins, <i>Learning from Delayed Rewards</i>, PhD thesis, Cambridge, 1989; Sutton
 * &amp; Barto, 2nd ed., 2018, section 12.10. Of several best actions each is greedy. The maximum is
 * over the actions that the mask of S' allows.
 *
 * <p>Traces are cut at the end of every episode, a truncated one too. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Traces below 1e-12 count as 0.
 *
 * <p>Every row has traces of its own; rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class WatkinsQLambda implements Learner {
  private final QTable q;
  private final double gamma;
  private final double lambda;
  private final Scheduled stepSize;
  private final Traces[] traces;
  private final TraceKind kind;
  private final Policy behaviour;
  private final Greedy policy;

  /**
   * A learner with a table of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public WatkinsQLambda(LearnerContext context, Config config) {
    Accepts.tables().check("watkins-q-lambda", context.spec());
    this.q = new QTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.lambda = config.lambda();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.traces = Traces.perRow(context.rows(), q.entries());
    this.kind = config.kind();
    this.behaviour =
        config
            .exploration()
            .over(q, context, config.epsilon(), config.temperature(), config.ties());
    this.policy = new Greedy(q, context.spec().actionSpace(), config.ties());
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
      int entry = q.entry(transitions.observations(), transitions.actions(), row);
      if (q.get(entry) < q.max(transitions.observations(), row)) {
        e.clear();
      }
      double next = q.max(transitions.nextObservations(), row);
      double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
      double tdError = tdTarget - q.get(entry);
      kind.visit(e, entry, alpha);
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
      q.add(entry, amount * traces.get(entry));
    }
  }

  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** Greedy in the values. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** The table. */
  public QTable table() {
    return q;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(q);
  }

  @Override
  public void report(Metrics metrics) {
    Exploration.report(behaviour, metrics);
  }

  @Override
  public void save(StateWriter out) {
    out.begin("watkins-q-lambda", 1);
    out.write("q", q);
    Traces.save(traces, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("watkins-q-lambda", 1);
    in.read("q", q);
    Traces.restore(traces, in);
    in.end();
  }

  /**
   * Hyperparameters. λ defaults to 0.9 and traces to replacing ones, which did well in Singh &amp;
   * Sutton's study (1996), ε to the book's usual 0.1; γ to 0.99, which also suits tasks that don't
   * end.
   *
   * @param stepSize α, in (0, 1]
   * @param gamma γ, in [0, 1]
   * @param lambda λ, in [0, 1]
   * @param kind what a visit does to a trace
   * @param exploration the policy behaved by
   * @param epsilon ε of the ε-greedy policy, in [0, 1]
   * @param temperature of the softmax policy, above 0
   * @param ties what to do with several best actions
   * @param initialValue what the table holds before anything is learned, finite
   */
  public record Config(
      @Described(value = "weight of a new target", range = "(0, 1]", aliases = "alpha")
          Schedule stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(value = "how slowly traces fade", range = "[0, 1]") double lambda,
      @Described("what a visit does to a trace") TraceKind kind,
      @Described("policy behaved by while learning") Exploration exploration,
      @Described(value = "probability of exploring, if epsilon_greedy", range = "[0, 1]")
          Schedule epsilon,
      @Described(value = "how even the probabilities are, if softmax", range = "above 0")
          Schedule temperature,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
      Checks.lambda(lambda);
      Checks.probability("epsilon", epsilon);
      Checks.positive("temperature", temperature);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          Schedule.constant(0.1),
          0.99,
          0.9,
          TraceKind.REPLACING,
          Exploration.EPSILON_GREEDY,
          Schedule.constant(0.1),
          Schedule.constant(1),
          TieBreak.RANDOM,
          0);
    }
  }
}
