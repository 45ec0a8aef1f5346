package org.bellmanrl.tabular.montecarlo;

import java.util.Optional;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.jspecify.annotations.Nullable;

/**
 * How much a return counts: by a step size, or by 1/n at the n-th return of an entry, which makes
 * the value their average (Sutton &amp; Barto, 2nd ed., 2018, section 2.4).
 */
final class ReturnWeights implements Stateful {
  private final @Nullable Scheduled stepSize;
  private final EntryNumbers counts;

  ReturnWeights(Optional<Schedule> stepSize, int entries, LearnerContext context) {
    this.stepSize = stepSize.map(s -> new Scheduled(s, context.progress())).orElse(null);
    this.counts = new EntryNumbers(stepSize.isPresent() ? 0 : entries);
  }

  /** Returns the weight of one more return of an entry. */
  double next(int entry) {
    return stepSize != null ? stepSize.now() : 1.0 / counts.add(entry, 1);
  }

  @Override
  public void carry(State state) {
    state.carry("counts", counts);
  }
}
