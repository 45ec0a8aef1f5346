package org.bellmanrl.tabular.traces;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.learner.VPrediction;

/**
 * Learns the state values of a given policy, which it follows, from the λ-returns of whole
 * episodes: averages of all n-step returns.
 *
 * <pre>
 * G ← R + γ [(1 − λ) V(S') + λ G']        from the last step of the episode, G = R + γ V(S'), back
 * V(S) ← V(S) + α [G − V(S)]              for all steps, from the first on
 * </pre>
 *
 * <p>where all G are made of the values at the end of the episode, during which nothing was
 * learned. Source: Sutton &amp; Barto, 2nd ed., 2018, section 12.1.
 *
 * <p>γ is multiplied by the environment's own discount, which is 0 after a terminal state; a
 * truncated episode bootstraps from its true last observation. An episode that is abandoned in the
 * middle is not learned from.
 *
 * <p>Not thread-safe. Holds the steps of the episodes in flight, 20 bytes each.
 */
public final class OfflineLambdaReturn extends VPrediction {
  /** The id of this learner. */
  public static final String ID = "offline-lambda-return";

  private final double lambda;
  private final EpisodeBuffer[] episodes;
  private double[] returns = new double[128];

  /**
   * Creates a learner with a new table.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations, or episodes have no end
   */
  public OfflineLambdaReturn(LearnerContext context, LambdaPredictionConfig config, Policy policy) {
    super(ID, context, config.prediction(), policy);
    this.lambda = config.lambda();
    this.episodes = EpisodeBuffer.perRow(ID, context, v::states);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    EpisodeBuffer episode = episodes[row];
    if (transitions.first()[row]) {
      episode.clear();
    }
    episode.add(
        v.state(transitions.observations(), row),
        transitions.reward()[row],
        transitions.discount()[row]);
    if (transitions.last(row)) {
      learn(episode, v.value(transitions.nextObservations(), row), alpha);
      episode.clear();
    }
  }

  private void learn(EpisodeBuffer episode, double end, double alpha) {
    if (returns.length < episode.length()) {
      returns = new double[Math.max(episode.length(), 2 * returns.length)];
    }
    double next = end;
    for (int step = episode.length() - 1; step >= 0; step--) {
      double g = episode.reward(step) + gamma * episode.discount(step) * next;
      returns[step] = g;
      next = (1 - lambda) * v.get(episode.entry(step)) + lambda * g;
    }
    for (int step = 0; step < episode.length(); step++) {
      int state = episode.entry(step);
      v.add(state, alpha * (returns[step] - v.get(state)));
    }
  }

  @Override
  protected void carryMore(State state) {
    state.carry("episodes", episodes);
  }
}
