package org.bellmanrl.env.diagnostic;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.picture.LampsPicture;

/**
 * The same reward for ever, cut by a time limit.
 *
 * <p>One observation and one action. Never terminates, so the value is reward / (1 − γ) however
 * early episodes are cut. A learner that takes a truncation for an end comes to less: with the
 * default limit of 10 and γ = 0.9, TD(0) to 1 / (1 − 0.9 · 0.9), about 5.3, instead of 10. Draws
 * nothing. Can show its exact model and text.
 */
public final class EndlessReward implements Environment, Stateful, Modelled {
  private final EnvironmentSpec spec;
  private final double reward;
  private final FiniteModel model;

  /** The task of {@code EndlessReward-v1}. */
  public EndlessReward(EndlessRewardOptions options) {
    this.spec =
        EnvironmentSpec.of("EndlessReward-v1", new Discrete(1), new Discrete(1))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of("always the same"),
                    List.of(),
                    "Every step pays the same, and no episode ends by itself."))
            .continuing();
    this.reward = options.reward();
    this.model = FiniteModel.builder(1, 1).initial(0, 1).add(0, 0, 1, 0, reward, false).build();
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    observation.setDiscrete(0);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    outcome.observation().setDiscrete(0);
    outcome.reward(reward);
  }

  @Override
  public FiniteModel model() {
    return model;
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(LampsPicture.of(1, () -> 0)));
    }
    if (type == TextView.class) {
      TextView view = colour -> "reward " + reward + " for ever\n";
      return Optional.of(type.cast(view));
    }
    return Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("endless-reward", 1);
    state.end();
  }
}
