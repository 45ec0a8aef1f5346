package org.bellmanrl.tabular.td;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Metrics;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.tabular.internal.StepWindow;
import org.bellmanrl.tabular.policy.ActionProbabilities;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * What the n-step control methods have in common: steps wait in a window until their target can be
 * made, the oldest first. At the end of an episode, a truncation too, the steps that still wait get
 * the shorter targets that there are, and the window is emptied: nothing reaches into the next one.
 */
abstract class NStepControl implements Learner {
  private final String id;
  private final Scheduled stepSize;
  private final StepWindow[] windows;
  private final ActionProbabilities behaving;
  private final Policy behaviour;
  private final Greedy policy;

  /** The table. */
  final QTable q;

  /** γ. */
  final double gamma;

  /** The greedy policy, which off-policy methods learn about. */
  final ActionProbabilities greedy;

  NStepControl(
      String id,
      LearnerContext context,
      int n,
      Schedule stepSize,
      double gamma,
      Exploration exploration,
      Schedule epsilon,
      Schedule temperature,
      TieBreak ties,
      double initialValue) {
    Accepts.tables().check(id, context.spec());
    this.id = id;
    this.q = new QTable(context.spec(), initialValue);
    this.gamma = gamma;
    this.stepSize = new Scheduled(stepSize, context.progress());
    this.windows = StepWindow.perRow(context.spec(), context.rows(), n, q.entries());
    this.behaving = ActionProbabilities.of(exploration, context, epsilon, temperature, ties);
    this.greedy = ActionProbabilities.greedy(context, ties);
    this.behaviour = exploration.over(q, context, epsilon, temperature, ties);
    this.policy = new Greedy(q, context.spec().actionSpace(), ties);
  }

  /** What the window's newest step is followed by: the value that targets bootstrap from. */
  abstract double bootstrap(Transitions transitions, int row);

  /**
   * The return of a step: from the newest step back to it.
   *
   * @param step counted from the oldest of the window
   * @param bootstrap what follows the newest step
   */
  abstract double target(StepWindow window, int step, double bootstrap);

  /** How much the error of a step counts; all alike unless learning off policy. */
  double weight(StepWindow window, int step, Transitions transitions, int row) {
    return 1;
  }

  /** Σ π(a|S') Q(S', a), where π is the policy behaved by. */
  final double expected(Transitions transitions, int row) {
    Observations following = transitions.nextObservations();
    return behaving.expected(q, q.first(following, row), following, row);
  }

  /** The probability with which the behaviour takes an action. */
  final double chance(int entry, Observations observations, int row) {
    return behaving.of(q, entry, observations, row);
  }

  @Override
  public final void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      StepWindow window = windows[row];
      if (transitions.first()[row]) {
        window.clear();
      }
      int entry = q.entry(transitions.observations(), transitions.actions(), row);
      window.add(transitions, row, entry, chance(entry, transitions.observations(), row));
      if (transitions.last(row)) {
        double bootstrap = bootstrap(transitions, row);
        while (window.length() > 0) {
          update(transitions, row, window, bootstrap, alpha);
        }
      } else if (window.full()) {
        update(transitions, row, window, bootstrap(transitions, row), alpha);
      }
    }
  }

  /** Learns from the oldest step and forgets it. */
  private void update(
      Transitions transitions, int row, StepWindow window, double bootstrap, double alpha) {
    int entry = window.entry(0);
    double error = target(window, 0, bootstrap) - q.get(entry);
    q.add(entry, alpha * weight(window, 0, transitions, row) * error);
    window.drop();
  }

  @Override
  public final Policy behaviour() {
    return behaviour;
  }

  /** Greedy in the values. */
  @Override
  public final Policy policy() {
    return policy;
  }

  /** The table. */
  public final QTable table() {
    return q;
  }

  @Override
  public final Optional<ValueFunction> values() {
    return Optional.of(q);
  }

  @Override
  public final void report(Metrics metrics) {
    Exploration.report(behaviour, metrics);
  }

  @Override
  public final void save(StateWriter out) {
    out.begin(id, 1);
    out.write("q", q);
    StepWindow.save(windows, out);
    out.end();
  }

  @Override
  public final void restore(StateReader in) {
    in.begin(id, 1);
    in.read("q", q);
    StepWindow.restore(windows, in);
    in.end();
  }
}
