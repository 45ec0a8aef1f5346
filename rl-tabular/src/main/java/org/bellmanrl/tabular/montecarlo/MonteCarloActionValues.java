package org.bellmanrl.tabular.montecarlo;

import java.util.Optional;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/** Base class of on-policy Monte Carlo control: action values that follow returns. */
abstract class MonteCarloActionValues extends MonteCarlo {
  private final QTable q;
  private final ReturnWeights weights;
  private final VisitFilter visits;

  /**
   * Creates a learner.
   *
   * @param stepSize weight of a new return; empty to average all returns
   * @param behaviour explores by the values
   * @param ties which of several best actions the greedy policy takes
   */
  MonteCarloActionValues(
      String id,
      LearnerContext context,
      MonteCarloConfig returns,
      QTable q,
      Optional<Schedule> stepSize,
      Policy behaviour,
      TieBreak ties) {
    super(
        id,
        context,
        returns.gamma(),
        behaviour,
        new Greedy(q, context.spec().actionSpace(), ties),
        q,
        q::entries);
    this.q = q;
    this.weights = new ReturnWeights(stepSize, q.entries(), context);
    this.visits = new VisitFilter(returns.visits(), q.entries());
  }

  @Override
  int entry(Transitions transitions, int row) {
    return q.entry(transitions.observations(), transitions.actions(), row);
  }

  @Override
  void learn(EpisodeBuffer episode, int row) {
    visits.begin(episode);
    double g = 0;
    for (int step = episode.length() - 1; step >= 0; step--) {
      g = episode.reward(step) + gamma * episode.discount(step) * g;
      int entry = episode.entry(step);
      if (visits.counts(entry)) {
        q.add(entry, weights.next(entry) * (g - q.get(entry)));
      }
    }
  }

  /** Returns the action values. */
  public QTable table() {
    return q;
  }

  @Override
  void carryMore(State state) {
    state.carry("weights", weights);
  }
}
