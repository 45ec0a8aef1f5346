package org.bellmanrl.tabular.gradient;

import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.Preferences;
import org.bellmanrl.tabular.policy.Softmax;
import org.bellmanrl.tabular.table.QTable;
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
public final class Reinforce implements Learner {
  private final ActionIndex index;
  private final QTable h;
  private final VTable v;
  private final double gamma;
  private final Scheduled stepSize;
  private final double[] probabilities;
  private final Softmax policy;
  private final @Nullable Scheduled baselineStepSize;
  private final EpisodeSteps[] episodes;
  private final Observations unmasked;

  /**
   * A learner with tables of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite, or the task is
   *     masked or never ends
   */
  public Reinforce(LearnerContext context, Config config) {
    Accepts.tables().check("reinforce", context.spec());
    EnvironmentSpec spec = context.spec();
    if (!spec.terminates() && spec.maxEpisodeSteps() == 0) {
      throw new IllegalArgumentException(
          "reinforce needs episodes that end, but those of "
              + spec.name()
              + " don't; set max_episode_steps");
    }
    if (spec.masked()) {
      throw new IllegalArgumentException(
          "reinforce can't take masked actions, as those of "
              + spec.name()
              + " with "
              + spec.actionSpace()
              + "; take actor-critic");
    }
    this.index = ActionIndex.of(context.spec().actionSpace());
    this.h = new QTable(context.spec(), 0);
    this.v = new VTable(context.spec(), 0);
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.probabilities = new double[h.actions()];
    this.policy =
        new Softmax(h, context.spec().actionSpace(), Schedule.constant(1), context.progress());
    this.baselineStepSize =
        config
            .baselineStepSize()
            .map(schedule -> new Scheduled(schedule, context.progress()))
            .orElse(null);
    this.episodes = new EpisodeSteps[context.rows()];
    Arrays.setAll(episodes, row -> new EpisodeSteps());
    this.unmasked = new Observations(spec, 1);
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      EpisodeSteps episode = episodes[row];
      if (transitions.first()[row]) {
        episode.clear();
      }
      episode.add(
          h.entry(transitions.observations(), transitions.actions(), row),
          transitions.reward()[row],
          gamma * transitions.discount()[row]);
      if (transitions.last(row)) {
        learn(episode);
        episode.clear();
      }
    }
  }

  private void learn(EpisodeSteps episode) {
    double alpha = stepSize.now();
    episode.sumReturns();
    double discounting = 1;
    for (int step = 0; step < episode.length(); step++) {
      int state = episode.entry(step) / h.actions();
      int action = episode.entry(step) % h.actions();
      double delta = episode.goal(step) - v.get(state);
      if (baselineStepSize != null) {
        v.add(state, baselineStepSize.now() * delta);
      }
      int first = state * h.actions();
      Preferences.softmax(h, first, index, unmasked, 0, probabilities);
      for (int a = 0; a < h.actions(); a++) {
        h.add(first + a, alpha * discounting * delta * ((a == action ? 1 : 0) - probabilities[a]));
      }
      discounting *= episode.discount(step);
    }
  }

  @Override
  public Policy behaviour() {
    return policy;
  }

  /** The softmax of the preferences, which is also behaved by: a random policy may be the best. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** The preferences, θ. */
  public QTable preferences() {
    return h;
  }

  /** The baseline; 0 everywhere without one. */
  public VTable baseline() {
    return v;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(v);
  }

  @Override
  public void carry(State state) {
    state.begin("reinforce", 1);
    state.carry("h", h);
    state.carry("v", v);
    for (EpisodeSteps episode : episodes) {
      state.carry("episode", episode);
      episode.check(h.entries());
    }
    state.end();
  }

  /**
   * Hyperparameters. Step sizes default to those of Sutton &amp; Barto's figure 13.2.
   *
   * @param stepSize α of the preferences, in (0, 1]
   * @param baselineStepSize α of the baseline, in (0, 1]; empty for no baseline
   * @param gamma γ, in [0, 1]
   */
  public record Config(
      @Described(value = "step size of the preferences", range = "(0, 1]", aliases = "alpha")
          Schedule stepSize,
      @Described(value = "step size of the baseline; None for no baseline", range = "(0, 1]")
          Optional<Schedule> baselineStepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma) {
    public Config {
      Checks.stepSize(stepSize);
      baselineStepSize.ifPresent(Checks::stepSize);
      Checks.gamma(gamma);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(Schedule.constant(0x1p-9), Optional.of(Schedule.constant(0x1p-6)), 0.99);
    }
  }
}
