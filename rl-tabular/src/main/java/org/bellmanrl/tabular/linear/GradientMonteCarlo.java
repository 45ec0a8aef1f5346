package org.bellmanrl.tabular.linear;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.Episodic;
import org.bellmanrl.tabular.policy.FixedPolicy;

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
public final class GradientMonteCarlo implements Learner {
  private final LinearV v;
  private final double gamma;
  private final Scheduled stepSize;
  private final StepBuffer[] episodes;
  private final double[] w;
  private final FixedPolicy behaviour;

  /**
   * A learner with weights of its own, over the features that the configuration names.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public GradientMonteCarlo(LearnerContext context, Config config) {
    this(context, config, features(context, config));
  }

  /**
   * A learner with weights of its own, over any features; those that the configuration names have
   * no effect.
   *
   * @throws IllegalArgumentException if the actions are not finite, or episodes have no end
   */
  public GradientMonteCarlo(LearnerContext context, Config config, FeatureMap features) {
    Space actionSpace = context.spec().actionSpace();
    Episodic.check("linear-monte-carlo", context.spec());
    this.v = new LinearV(features, config.initialWeight());
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.episodes = StepBuffer.perRow(context.rows(), features, 64);
    this.w = v.weights();
    this.behaviour = new FixedPolicy(actionSpace, config.behaviour());
  }

  private static FeatureMap features(LearnerContext context, Config config) {
    LinearSpaces.accepts().check("linear-monte-carlo", context.spec());
    return config.features().over(context.spec().observationSpace());
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Columns observations = transitions.observations().values();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      StepBuffer episode = episodes[row];
      if (transitions.first()[row]) {
        episode.clear();
      }
      episode.add(observations, row, 0, transitions.reward()[row], transitions.discount()[row]);
      if (transitions.last(row)) {
        learn(episode, alpha);
        episode.clear();
      }
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
  public Policy behaviour() {
    return behaviour;
  }

  /** The policy that is judged. */
  @Override
  public Policy policy() {
    return behaviour;
  }

  /** The values. */
  public LinearV v() {
    return v;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(v);
  }

  @Override
  public void save(StateWriter out) {
    out.begin("linear-monte-carlo", 1);
    out.write("v", v);
    StepBuffer.save(episodes, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("linear-monte-carlo", 1);
    in.read("v", v);
    StepBuffer.restore(episodes, w.length, in);
    in.end();
  }

  /**
   * Hyperparameters.
   *
   * @param features features of the observations
   * @param stepSize α, in (0, 1]; tile coding wants it divided by the number of tilings
   * @param gamma γ, in [0, 1]
   * @param behaviour probability of each action while learning; none for all the same
   * @param initialWeight every weight before anything is learned, finite
   */
  public record Config(
      @Described("features of the observation, such as tiles:8:10 or fourier:3") Features features,
      @Described(
              value = "step size; for tiles, divided by the number of tilings",
              range = "(0, 1]",
              aliases = "alpha")
          Schedule stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described("probability of each action while learning; none for all the same")
          List<Double> behaviour,
      @Described("what every weight is at first") double initialWeight) {
    public Config {
      Objects.requireNonNull(features);
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
      behaviour = List.copyOf(behaviour);
      Checks.initialValue(initialWeight);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(Features.tiles(8, 8), Schedule.constant(0.02 / 8), 0.99, List.of(), 0);
    }
  }
}
