package org.bellmanrl.tabular.montecarlo;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.table.Tables;
import org.bellmanrl.tabular.table.VTable;

/**
 * Learns the state values of a given policy, which it follows, from the returns of whole episodes:
 * Monte Carlo prediction.
 *
 * <pre>
 * G ← R + γ G                         from the last step of the episode to the first
 * V(S) ← V(S) + α [G − V(S)]          at the first visit, or at every one
 * </pre>
 *
 * <p>where α is a step size, or 1/n at the n-th return of S, so that V is the average of them all.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 5.1 (first-visit, averaging) and equation
 * 6.1 (every-visit, constant step size). Averaging every visit gives what batch Monte Carlo
 * (section 6.3) tends to. Beyond it, γ is multiplied by the environment's own discount, and a
 * truncated episode counts with the return it has, as if nothing came after it: values of long
 * episodes under a short limit are too small. An episode that is abandoned in the middle is not
 * learned from.
 *
 * <p>Not thread-safe. Holds the steps of the episodes in flight, 20 bytes each.
 */
public final class MonteCarloPrediction extends MonteCarlo {
  /** The id of this learner. */
  public static final String ID = "monte-carlo-prediction";

  private final VTable v;
  private final ReturnWeights weights;
  private final VisitFilter visits;

  /**
   * Creates a learner whose values are all the initial value.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if actions are not finite, observations do not suit the table,
   *     or episodes have no end
   */
  public MonteCarloPrediction(LearnerContext context, Config config, Policy policy) {
    MonteCarloConfig returns = config.returns();
    VTable v = Tables.stateValues(ID, context, returns.values(), returns.initialValue());
    super(ID, context, returns.gamma(), policy, policy, v, v::states);
    this.v = v;
    this.weights = new ReturnWeights(config.stepSize(), v.states(), context);
    this.visits = new VisitFilter(returns.visits(), v.states());
  }

  @Override
  int entry(Transitions transitions, int row) {
    return v.state(transitions.observations(), row);
  }

  @Override
  void learn(EpisodeBuffer episode, int row) {
    visits.begin(episode);
    double g = 0;
    for (int step = episode.length() - 1; step >= 0; step--) {
      g = episode.reward(step) + gamma * episode.discount(step) * g;
      int entry = episode.entry(step);
      if (visits.counts(entry)) {
        v.add(entry, weights.next(entry) * (g - v.get(entry)));
      }
    }
  }

  /** Returns the state values. */
  public VTable table() {
    return v;
  }

  @Override
  void carryMore(State state) {
    state.carry("weights", weights);
  }

  /**
   * Hyperparameters. Returns are averaged by default, as in Sutton &amp; Barto's box (section 5.1).
   *
   * @param stepSize α, in (0, 1]; empty to average all returns
   * @param returns what learning from returns has in common
   */
  @RecordBuilder
  public record Config(
      @Described(
              value = "weight of a new return; None averages all returns",
              range = Require.STEP_SIZE,
              aliases = {"alpha", "lr", "learning_rate"})
          Optional<Schedule> stepSize,
      MonteCarloConfig returns)
      implements MonteCarloPredictionConfigBuilder.With {
    public Config {
      stepSize.ifPresent(schedule -> Require.stepSize("step_size", schedule));
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(Optional.empty(), MonteCarloConfig.defaults());
    }
  }
}
