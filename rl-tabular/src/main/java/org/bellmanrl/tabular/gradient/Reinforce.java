package org.bellmanrl.tabular.gradient;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.table.VTable;
import org.jspecify.annotations.Nullable;

/**
 * REINFORCE: Monte Carlo policy gradient, with a learned baseline or without.
 *
 * <pre>
 * δ = G − v(S)                             v is 0 without a baseline
 * v(S) ← v(S) + α_v δ
 * θ ← θ + α γ^t δ ∇ ln π(A | S)            for the steps t = 0, 1, … of an ended episode
 * </pre>
 *
 * <p>Source: Williams, <i>Simple Statistical Gradient-Following Algorithms for Connectionist
 * Reinforcement Learning</i>, Machine Learning 8, 1992; Sutton &amp; Barto, 2nd ed., 2018, sections
 * 13.3 and 13.4. π is the softmax of a preference for each state and action, so the gradient is 1{a
 * = A} − π(a | S), taken with the preferences as they are when the step's turn comes, as in the
 * book's box. γ is multiplied by the environment's own discount. A truncated episode counts with
 * the return it has, and one that is abandoned in the middle is not learned from. Masked tasks are
 * refused, because masks are not kept until the episode ends.
 *
 * <p>Rows of a batch are learned from one after the other. Holds the steps of the episodes in
 * flight. Not thread-safe.
 */
public final class Reinforce extends PolicyGradient {
  /** The id of this learner. */
  public static final String ID = "reinforce";

  private final double gamma;
  private final Scheduled stepSize;
  private final @Nullable Scheduled baselineStepSize;
  private final EpisodeBuffer[] episodes;
  private final Observations unmasked;
  private double[] returns = new double[128];

  /**
   * Creates a learner whose preferences and values are all 0.
   *
   * @throws IllegalArgumentException if observations or actions are not finite, or the task is
   *     masked or never ends
   */
  public Reinforce(LearnerContext context, Config config) {
    super(ID, context);
    EnvironmentSpec spec = context.spec();
    if (spec.masked()) {
      throw new IllegalArgumentException(
          ID
              + " can't take masked actions, as those of "
              + spec.name()
              + " with "
              + spec.actionSpace()
              + "; take actor-critic");
    }
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.baselineStepSize =
        config
            .baselineStepSize()
            .map(schedule -> new Scheduled(schedule, context.progress()))
            .orElse(null);
    this.episodes = EpisodeBuffer.perRow(ID, context, h::entries);
    this.unmasked = new Observations(spec, 1);
  }

  @Override
  void learn(Transitions transitions, int row) {
    EpisodeBuffer episode = episodes[row];
    if (transitions.first()[row]) {
      episode.clear();
    }
    episode.add(
        h.entry(transitions.observations(), transitions.actions(), row),
        transitions.reward()[row],
        transitions.discount()[row]);
    if (transitions.last(row)) {
      learn(episode);
      episode.clear();
    }
  }

  private void learn(EpisodeBuffer episode) {
    sumReturns(episode);
    double alpha = stepSize.now();
    double discounting = 1;
    for (int step = 0; step < episode.length(); step++) {
      int state = episode.entry(step) / h.actions();
      int action = episode.entry(step) % h.actions();
      double delta = returns[step] - v.get(state);
      if (baselineStepSize != null) {
        v.add(state, baselineStepSize.now() * delta);
      }
      ascend(state, action, unmasked, 0, alpha * discounting * delta);
      discounting *= gamma * episode.discount(step);
    }
  }

  private void sumReturns(EpisodeBuffer episode) {
    if (returns.length < episode.length()) {
      returns = new double[Math.max(episode.length(), 2 * returns.length)];
    }
    double g = 0;
    for (int step = episode.length() - 1; step >= 0; step--) {
      g = episode.reward(step) + gamma * episode.discount(step) * g;
      returns[step] = g;
    }
  }

  /** Returns the baseline; 0 everywhere without one. */
  public VTable baseline() {
    return v;
  }

  @Override
  void carryMemory(State state) {
    state.carry("episode", episodes);
  }

  /**
   * Hyperparameters. Step sizes default to those of Sutton &amp; Barto's figure 13.2.
   *
   * @param stepSize α of the preferences, in (0, 1]
   * @param baselineStepSize α of the baseline, in (0, 1]; empty for no baseline
   * @param gamma γ, in [0, 1]
   */
  @RecordBuilder
  public record Config(
      @Described(
              value = "step size of the preferences",
              range = Require.STEP_SIZE,
              aliases = {"alpha", "lr", "learning_rate"})
          Schedule stepSize,
      @Described(
              value = "step size of the baseline; None for no baseline",
              range = Require.STEP_SIZE)
          Optional<Schedule> baselineStepSize,
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma)
      implements ReinforceConfigBuilder.With {
    public Config {
      Require.stepSize("step_size", stepSize);
      baselineStepSize.ifPresent(schedule -> Require.stepSize("baseline_step_size", schedule));
      Require.unit("gamma", gamma);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(Schedule.constant(0x1p-9), Optional.of(Schedule.constant(0x1p-6)), 0.99);
    }
  }
}
