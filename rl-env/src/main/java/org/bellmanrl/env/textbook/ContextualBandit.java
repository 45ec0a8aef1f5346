package org.bellmanrl.env.textbook;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Arms whose mean rewards are linear in a context that is seen before each pull: R = θ<sub>a</sub>ᵀ
 * x + noise.
 *
 * <p>Source: the linear payoffs of Li, Chu, Langford &amp; Schapire, <i>A Contextual-Bandit
 * Approach to Personalized News Article Recommendation</i>, WWW 2010, section 3; the task
 * (associative search) is that of Sutton &amp; Barto, 2nd ed., 2018, section 2.9. The weights of an
 * arm are normal with variance 1 / features, drawn once for each problem by the stream of its
 * number as a seed. A context is that many numbers, uniform in [−1, 1] and drawn again for each
 * pull whatever one does.
 *
 * <p>Never terminates; an episode is cut after so many pulls and changes nothing but the context.
 * Reports whether the arm was the best for its context, as 1 or 0, and how much less its mean was.
 * Draws a standard normal number per step, and per context as many uniform ones as it has elements.
 */
public final class ContextualBandit implements Environment, Stateful {
  private final EnvironmentSpec spec;
  private final ContextualBanditOptions options;
  private final double[] weights;
  private final float[] context;

  /** The arm of the last pull, which the picture shows; -1 before the first. */
  private int pulled = -1;

  /** The task of {@code ContextualBandit-v1}. */
  public ContextualBandit(ContextualBanditOptions options) {
    this.spec =
        EnvironmentSpec.of(
                "ContextualBandit-v1",
                Box.of(-1, 1, options.features()),
                new Discrete(options.arms()))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of("features of the context"),
                    List.of(),
                    "An arm pays its weights times the features, plus noise."))
            .continuing()
            .withDiagnostics("optimal", "regret");
    this.options = options;
    this.weights = new double[options.arms() * options.features()];
    this.context = new float[options.features()];
    RandomStream random = RandomStream.ofSeed(options.problem());
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.standardNormal() / Math.sqrt(options.features());
    }
  }

  /** Weight {@code i} of an arm. */
  public double weight(int arm, int i) {
    return weights[arm * context.length + i];
  }

  /** The mean reward of an arm in the present context. */
  private double mean(int arm) {
    double mean = 0;
    for (int i = 0; i < context.length; i++) {
      mean += weights[arm * context.length + i] * context[i];
    }
    return mean;
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    pulled = -1;
    draw(random, observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    pulled = action.discrete();
    double mean = mean(pulled);
    double most = mean;
    for (int arm = 0; arm < options.arms(); arm++) {
      most = Math.max(most, mean(arm));
    }
    outcome.reward(mean + options.noise() * random.standardNormal());
    outcome.diagnostic(0, mean == most ? 1 : 0);
    outcome.diagnostic(1, most - mean);
    draw(random, outcome.observation());
  }

  private void draw(RandomStream random, Observation observation) {
    for (int i = 0; i < context.length; i++) {
      context[i] = (float) random.uniform(-1, 1);
      observation.set(i, context[i]);
    }
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    return type == PictureView.class
        ? Optional.of(type.cast(ContextPicture.of(context, options.arms(), () -> pulled)))
        : Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("contextual-bandit", 1);
    state.carry("context", context);
    pulled = state.carryIndex("pulled", pulled + 1, options.arms() + 1) - 1; // −1 is none
    state.end();
  }
}
