package org.bellmanrl.tabular.bandit;

import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.tabular.internal.States;
import org.bellmanrl.tabular.table.QTable;
import org.jspecify.annotations.Nullable;

/**
 * The estimated reward of every arm, and how often it was pulled, for each observation. What the
 * action-value methods share.
 */
final class ArmValues implements Stateful {
  private final ProductIndex states;
  private final QTable q;
  private final long[] pulls;
  private final long[] visits;
  private final @Nullable Scheduled stepSize;

  ArmValues(LearnerContext context, double initialValue, Optional<Schedule> stepSize) {
    this.states = States.index(context.spec().observationSpace());
    this.q = new QTable(context.spec(), initialValue);
    this.pulls = new long[q.entries()];
    this.visits = new long[q.states()];
    this.stepSize =
        stepSize.map(schedule -> new Scheduled(schedule, context.progress())).orElse(null);
  }

  private ArmValues(ArmValues original) {
    this.states = original.states;
    this.q = original.q.snapshot();
    this.pulls = original.pulls.clone();
    this.visits = original.visits.clone();
    this.stepSize = null;
  }

  /** A copy for reading. */
  ArmValues snapshot() {
    return new ArmValues(this);
  }

  QTable table() {
    return q;
  }

  int actions() {
    return q.actions();
  }

  /** The state that a row shows. */
  int state(Observations observations, int row) {
    return states.of(observations.values(), row);
  }

  /** Pulls of an arm of a state. */
  long pulls(int entry) {
    return pulls[entry];
  }

  /** Pulls of all arms of a state. */
  long visits(int state) {
    return visits[state];
  }

  void learn(Transitions transitions, int row) {
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    long n = ++pulls[entry];
    visits[entry / q.actions()]++;
    double alpha = stepSize == null ? 1.0 / n : stepSize.now();
    q.add(entry, alpha * (transitions.reward()[row] - q.get(entry)));
  }

  @Override
  public void carry(State state) {
    state.begin("arm-values", 1);
    state.carry("q", q);
    state.carry("pulls", pulls);
    state.end();
    Arrays.fill(visits, 0);
    for (int entry = 0; entry < pulls.length; entry++) {
      if (pulls[entry] < 0) {
        throw new StateException("pulls of an arm must be at least 0, were " + pulls[entry]);
      }
      visits[entry / q.actions()] += pulls[entry];
    }
  }
}
