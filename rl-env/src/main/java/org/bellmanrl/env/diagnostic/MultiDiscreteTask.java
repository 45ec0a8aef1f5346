package org.bellmanrl.env.diagnostic;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.MultiDiscrete;

/**
 * Do what you see, element by element: observations and actions are MultiDiscrete, and the reward
 * is the share of elements that agree.
 *
 * <p>The next observation is drawn uniformly. Never terminates; the best value is 1 / (1 − γ). Can
 * show its exact model while it is small, and text.
 */
public final class MultiDiscreteTask extends UniformTask {
  private final int n;
  private final int elements;

  /** The task of {@code MultiDiscreteTask-v1}. */
  public MultiDiscreteTask(MultiDiscreteTaskOptions options) {
    super(
        EnvironmentSpec.of("MultiDiscreteTask-v1", space(options), space(options))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of("the actions that pay"),
                    List.of(),
                    "A step pays the share of elements of the action that are as observed."))
            .continuing(),
        options.size(),
        options.size(),
        true);
    this.n = options.n();
    this.elements = options.elements();
  }

  private static MultiDiscrete space(MultiDiscreteTaskOptions options) {
    int[] counts = new int[options.elements()];
    Arrays.fill(counts, options.n());
    return new MultiDiscrete(counts);
  }

  @Override
  int index(Action action) {
    int index = 0;
    for (int i = 0; i < elements; i++) {
      index = index * n + action.discrete(i);
    }
    return index;
  }

  @Override
  double reward(int inState, int action) {
    int right = 0;
    int seen = inState;
    int done = action;
    for (int i = 0; i < elements; i++) {
      right += seen % n == done % n ? 1 : 0;
      seen /= n;
      done /= n;
    }
    return (double) right / elements;
  }

  @Override
  void show(int shown, RandomStream random, Observation observation) {
    int rest = shown;
    for (int i = elements - 1; i >= 0; i--) {
      observation.setDiscrete(i, rest % n);
      rest /= n;
    }
  }

  @Override
  String describe(int shown) {
    StringBuilder text = new StringBuilder("say");
    int weight = states / n;
    for (int i = 0; i < elements; i++, weight /= n) {
      text.append(' ').append(shown / weight % n);
    }
    return text.toString();
  }
}
