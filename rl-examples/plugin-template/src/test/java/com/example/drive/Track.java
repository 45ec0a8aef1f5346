package com.example.drive;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;

/** Five places in a row without chance: action 1 leads to the end, which pays 1; 0 leads back. */
final class Track implements Environment {
  private static final int PLACES = 5;

  private int place;

  @Override
  public EnvironmentSpec spec() {
    return EnvironmentSpec.of("Track", new Discrete(PLACES), new Discrete(2))
        .withMaxEpisodeSteps(200);
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    place = 0;
    observation.setDiscrete(place);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    place = Math.max(0, place + (action.discrete() == 1 ? 1 : -1));
    if (place == PLACES - 1) {
      outcome.reward(1);
      outcome.terminate();
    }
    outcome.observation().setDiscrete(place);
  }
}
