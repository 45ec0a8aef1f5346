package org.bellmanrl.env.diagnostic;

import java.util.List;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;

/**
 * Do what you see: the reward is 1 if the action is the observation, else 0.
 *
 * <p>Observations and actions are Discrete(n), the next observation is drawn uniformly. Never
 * terminates; the best value is 1 / (1 − γ) in every state. Can show its exact model while it is
 * small, and text.
 */
public final class Identity extends UniformTask {

  /** The task of {@code Identity-v1}. */
  public Identity(IdentityOptions options) {
    super(
        EnvironmentSpec.of("Identity-v1", new Discrete(options.n()), new Discrete(options.n()))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of("the action that pays"),
                    List.of(),
                    "The action that is observed pays 1, any other 0."))
            .continuing(),
        options.n(),
        options.n(),
        true);
  }

  @Override
  int index(Action action) {
    return action.discrete();
  }

  @Override
  double reward(int inState, int action) {
    return action == inState ? 1 : 0;
  }

  @Override
  void show(int shown, RandomStream random, Observation observation) {
    observation.setDiscrete(shown);
  }

  @Override
  String describe(int shown) {
    return "say " + shown;
  }
}
