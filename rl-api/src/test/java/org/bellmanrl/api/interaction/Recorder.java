package org.bellmanrl.api.interaction;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;

/** Writes down every transition; learns nothing. */
final class Recorder implements Learner {
  /** One transition; {@code nextAction} is −1 where it was not asked for or means nothing. */
  record Seen(
      int row,
      boolean first,
      int observation,
      int action,
      double reward,
      double discount,
      boolean last,
      int next,
      int nextAction) {}

  final CoinPolicy policy = new CoinPolicy();
  final List<Seen> seen = new ArrayList<>();
  private final boolean nextAction;
  private int count;

  Recorder(boolean nextAction) {
    this.nextAction = nextAction;
  }

  @Override
  public Policy behaviour() {
    return policy;
  }

  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public boolean needsNextAction() {
    return nextAction;
  }

  @Override
  public void observe(Transitions transitions) {
    for (int i = 0; i < transitions.rows().count(); i++) {
      int row = transitions.rows().at(i);
      count++;
      seen.add(
          new Seen(
              row,
              transitions.first()[row],
              transitions.observations().values().ints()[row],
              transitions.actions().values().ints()[row],
              transitions.reward()[row],
              transitions.discount()[row],
              transitions.last(row),
              transitions.nextObservations().values().ints()[row],
              nextAction && !transitions.terminated()[row]
                  ? transitions.nextActions().values().ints()[row]
                  : -1));
    }
  }

  @Override
  public void report(Metrics metrics) {
    metrics.scalar("count", count);
  }

  @Override
  public void carry(State state) {
    count = state.carry("count", count);
  }
}
