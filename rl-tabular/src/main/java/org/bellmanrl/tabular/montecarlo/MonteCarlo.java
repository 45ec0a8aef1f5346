package org.bellmanrl.tabular.montecarlo;

import java.util.function.IntSupplier;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.learner.TabularLearner;
import org.bellmanrl.tabular.policy.Exploration;

/**
 * Base class of Monte Carlo learners: they keep the steps of the episode that each row is in, and
 * learn from them when it has ended.
 */
abstract class MonteCarlo extends TabularLearner {
  final double gamma;
  final EpisodeBuffer[] episodes;
  private final ValueFunction values;

  /**
   * Creates a learner without steps.
   *
   * @param id names the learner in messages, and its saved state
   * @param policy greedy in the values, or the policy that is judged
   * @param values the table
   * @param entries the present number of entries of the table
   * @throws IllegalArgumentException if episodes have no end
   */
  MonteCarlo(
      String id,
      LearnerContext context,
      double gamma,
      Policy behaviour,
      Policy policy,
      ValueFunction values,
      IntSupplier entries) {
    super(id, 1, behaviour, policy, values);
    this.gamma = gamma;
    this.values = values;
    this.episodes = EpisodeBuffer.perRow(id, context, entries);
  }

  /** Returns the table entry of what a row shows, and does if actions have values. */
  abstract int entry(Transitions transitions, int row);

  /** Learns from the episode of a row, which has ended. */
  abstract void learn(EpisodeBuffer episode, int row);

  /** Carries what the learner remembers besides the table and the steps; nothing by default. */
  void carryMore(State state) {}

  /** Forgets the steps of a row. */
  void clear(int row) {
    episodes[row].clear();
  }

  /** Adds a step to the episode of a row. */
  void add(int entry, Transitions transitions, int row) {
    episodes[row].add(entry, transitions.reward()[row], transitions.discount()[row]);
  }

  @Override
  public final void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    // All rows acted by the values as they are now, before any of them is learned from.
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (transitions.first()[row]) {
        clear(row);
      }
      add(entry(transitions, row), transitions, row);
    }
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (transitions.last(row)) {
        learn(episodes[row], row);
        clear(row);
      }
    }
  }

  @Override
  public final void report(Metrics metrics) {
    Exploration.report(behaviour(), metrics);
  }

  @Override
  protected final void carryLearned(State state) {
    state.carry("values", values);
    state.carry("episodes", episodes);
    carryMore(state);
  }
}
