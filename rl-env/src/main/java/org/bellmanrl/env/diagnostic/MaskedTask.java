package org.bellmanrl.env.diagnostic;

import java.util.List;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;

/**
 * Go as high as is allowed: action a pays a / (n − 1) − 1, and in state s the actions above s are
 * masked.
 *
 * <p>Observations and actions are Discrete(n), the next observation is drawn uniformly. A forbidden
 * action that is played all the same costs 2. All values are negative, so a learner that takes the
 * largest value over forbidden actions too, which it never tried, believes in more than there is.
 * Never terminates; the best value in s is s / (n − 1) − 1 − γ / (2 (1 − γ)). Can show its exact
 * model while it is small, and text.
 */
public final class MaskedTask extends UniformTask {
  private final int n;

  /** The task of {@code MaskedTask-v1}. */
  public MaskedTask(MaskedTaskOptions options) {
    super(
        EnvironmentSpec.of("MaskedTask-v1", new Discrete(options.n()), new Discrete(options.n()))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of("the greatest action that is allowed"),
                    List.of(),
                    "The greatest action pays 0, the least -1, the others evenly in between; one that is not allowed costs 2."))
            .withMask()
            .continuing(),
        options.n(),
        options.n(),
        true);
    this.n = options.n();
  }

  @Override
  int index(Action action) {
    return action.discrete();
  }

  @Override
  double reward(int inState, int action) {
    return action > inState ? -2 : (double) action / (n - 1) - 1;
  }

  @Override
  void show(int shown, RandomStream random, Observation observation) {
    observation.setDiscrete(shown);
    for (int action = 0; action < n; action++) {
      observation.allow(action, action <= shown);
    }
  }

  @Override
  String describe(int shown) {
    return "0 to " + shown + " are allowed";
  }
}
