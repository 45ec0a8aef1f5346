package org.bellmanrl.env.diagnostic;

import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;

/**
 * Look at both parts: the observation is a Dict of {@code number}, a Discrete(n), and {@code sign},
 * a Box of one number in [−1, 1].
 *
 * <p>The reward is 1 for action {@code number} if {@code sign} is negative and for {@code n +
 * number} otherwise, of 2n actions, and 0 for any other. The next observation is drawn uniformly,
 * its sign at least 0.1 away from 0. Never terminates; the best value is 1 / (1 − γ). Can show
 * text.
 */
public final class DictTask extends UniformTask {
  private static final int NUMBER = 0;
  private static final int SIGN = 1;
  private static final double GAP = 0.1;

  private final int n;

  /** The task of {@code DictTask-v1}. */
  public DictTask(DictTaskOptions options) {
    super(
        EnvironmentSpec.of(
                "DictTask-v1",
                Dict.of(Map.of("number", new Discrete(options.n()), "sign", Box.of(-1, 1, 1))),
                new Discrete(2 * options.n()))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of(),
                    List.of(),
                    "Action number pays 1 if sign is negative, action n + number if it is positive; any other pays 0."))
            .continuing(),
        2 * options.n(),
        2 * options.n(),
        false);
    this.n = options.n();
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
    double size = random.uniform(GAP, 1);
    observation.setDiscreteOf(NUMBER, 0, shown % n);
    observation.setOf(SIGN, 0, shown < n ? -size : size);
  }

  @Override
  String describe(int shown) {
    return "number " + shown % n + (shown < n ? ", negative" : ", positive");
  }
}
