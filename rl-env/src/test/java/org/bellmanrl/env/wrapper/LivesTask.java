package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.jspecify.annotations.Nullable;

/** A game of three lives, each of which takes as many steps. */
final class LivesTask implements Environment, Stateful {
  private static final int LIVES = 3;
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of("test/Lives-v0", new Discrete(1000), new Discrete(3))
          .withDiagnostics("steps", "lives");

  private final int stepsPerLife;
  private int first;
  private int steps;
  int games;
  @Nullable StringBuilder taken;

  LivesTask(int stepsPerLife) {
    this.stepsPerLife = stepsPerLife;
  }

  @Override
  public EnvironmentSpec spec() {
    return SPEC;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    games++;
    steps = 0;
    first = random.integers(900);
    observation.setDiscrete(0, first);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    steps++;
    int lives = LIVES - steps / stepsPerLife;
    if (taken != null) {
      taken.append(action.discrete());
    }
    outcome.reward(1);
    outcome.diagnostic(0, steps);
    outcome.diagnostic(1, lives);
    if (lives == 0) {
      outcome.terminate();
    }
    outcome.observation().setDiscrete(0, first + steps);
  }

  @Override
  public void carry(State state) {
    state.begin("lives", 1);
    first = state.carry("first", first);
    steps = state.carry("steps", steps);
    state.end();
  }
}
