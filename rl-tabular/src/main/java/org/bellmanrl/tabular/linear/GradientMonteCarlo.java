package org.bellmanrl.tabular.linear;

import java.util.List;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Episodes;

/**
 * Gradient Monte Carlo prediction: moves the values of an episode's states to the returns after
 * them.
 *
 * <pre>
 * w ← w + α [G − v(S)] x(S)          at the end of the episode, from its last step to its first
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 9.3, whose box goes from the first step to
 * the last. γ is multiplied by the environment's own discount. A truncated episode counts with the
 * return it has, and one that is abandoned in the middle is not learned from.
 *
 * <p>Behaviour, which is judged, is a fixed probability of each action. Rows of a batch are learned
 * from one after the other. Holds the features of the episodes in flight. Not thread-safe.
 */
public final class GradientMonteCarlo extends LinearPrediction {
  /** The id of this learner. */
  public static final String ID = "linear-monte-carlo";

  private final Episodes task;
  private final StepBuffer[] episodes;
  private final double[] w;

  /**
   * Creates a learner whose weights are all the initial weight.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted, or episodes have no end
   */
  public GradientMonteCarlo(LearnerContext context, LinearPredictionConfig config) {
    super(ID, context, config, List.of());
    this.task = new Episodes(ID, context);
    this.episodes = StepBuffer.perRow(context.rows(), v.features(), 64, v.features().size());
    this.w = v.weights();
  }

  /** Returns the default hyperparameters. */
  public static LinearPredictionConfig defaults() {
    return LinearPredictionConfig.of(0.02 / 8);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    StepBuffer episode = episodes[row];
    if (transitions.first()[row]) {
      episode.clear();
    }
    task.checkLength(episode.count());
    Columns observations = transitions.observations().values();
    episode.add(observations, row, 0, transitions.reward()[row], transitions.discount()[row]);
    if (transitions.last(row)) {
      learn(episode, alpha);
      episode.clear();
    }
  }

  private void learn(StepBuffer episode, double alpha) {
    double g = 0;
    for (int step = episode.count() - 1; step >= 0; step--) {
      g = episode.reward(step) + gamma * episode.discount(step) * g;
      episode.addTo(w, step, alpha * (g - episode.value(step, w)));
    }
  }

  @Override
  protected void carryMore(State state) {
    state.carry("steps", episodes);
  }
}
