package org.bellmanrl.env.diagnostic;

import java.util.List;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Tuple;

/**
 * Add up: the observation is a Tuple of two Discrete(n), and the reward is 1 for the action that is
 * their sum modulo n, else 0.
 *
 * <p>The next observation is drawn uniformly. Never terminates; the best value is 1 / (1 − γ), and
 * neither part alone helps. Can show its exact model while it is small, and text.
 */
public final class TupleTask extends UniformTask {
  private final int n;

  /** The task of {@code TupleTask-v1}. */
  public TupleTask(TupleTaskOptions options) {
    super(
        EnvironmentSpec.of(
                "TupleTask-v1",
                Tuple.of(new Discrete(options.n()), new Discrete(options.n())),
                new Discrete(options.n()))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of(),
                    List.of(),
                    "The action that is the sum of both numbers modulo n pays 1, any other 0."))
            .continuing(),
        options.n() * options.n(),
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
    return action == (inState / n + inState % n) % n ? 1 : 0;
  }

  @Override
  void show(int shown, RandomStream random, Observation observation) {
    observation.setDiscreteOf(0, 0, shown / n);
    observation.setDiscreteOf(1, 0, shown % n);
  }

  @Override
  String describe(int shown) {
    return shown / n + " + " + shown % n + " modulo " + n;
  }
}
