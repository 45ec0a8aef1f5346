package org.bellmanrl.tabular.montecarlo;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.internal.Episodic;
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
public final class MonteCarloPrediction implements Learner {
  private final VTable v;
  private final double gamma;
  private final ReturnWeights weights;
  private final VisitFilter visits;
  private final EpisodeBuffer[] episodes;
  private final Policy policy;

  /**
   * A learner with a table of its own.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if observations or actions are not finite, or episodes have no
   *     end
   */
  public MonteCarloPrediction(LearnerContext context, Config config, Policy policy) {
    Accepts.tables().check("monte-carlo-prediction", context.spec());
    Episodic.check("monte-carlo-prediction", context.spec());
    this.v = new VTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.weights = new ReturnWeights(config.stepSize(), v.states(), context);
    this.visits = new VisitFilter(config.visits(), v.states());
    this.episodes = EpisodeBuffer.perRow(context.rows());
    this.policy = policy;
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      EpisodeBuffer episode = episodes[row];
      if (transitions.first()[row]) {
        episode.clear();
      }
      episode.add(
          v.state(transitions.observations(), row),
          transitions.reward()[row],
          transitions.discount()[row]);
      if (transitions.last(row)) {
        learn(episode);
        episode.clear();
      }
    }
  }

  private void learn(EpisodeBuffer episode) {
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

  /** The policy that is judged. */
  @Override
  public Policy behaviour() {
    return policy;
  }

  /** The policy that is judged. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** The table. */
  public VTable table() {
    return v;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(v);
  }

  @Override
  public void save(StateWriter out) {
    out.begin("monte-carlo-prediction", 1);
    out.write("v", v);
    out.write("weights", weights);
    EpisodeBuffer.save(episodes, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("monte-carlo-prediction", 1);
    in.read("v", v);
    in.read("weights", weights);
    EpisodeBuffer.restore(episodes, v.states(), in);
    in.end();
  }

  /**
   * Hyperparameters. The defaults are those of Sutton &amp; Barto's box (section 5.1).
   *
   * @param stepSize α, in (0, 1]; empty to average all returns
   * @param gamma γ, in [0, 1]
   * @param visits which visits count
   * @param initialValue V before anything is learned, finite
   */
  public record Config(
      @Described(
              value = "weight of a new return; None averages all returns",
              range = "(0, 1]",
              aliases = "alpha")
          Optional<Schedule> stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described("which visits of an episode to a state count") Visits visits,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      stepSize.ifPresent(Checks::stepSize);
      Checks.gamma(gamma);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(Optional.empty(), 0.99, Visits.FIRST, 0);
    }
  }
}
