package org.bellmanrl.env.minatar;

import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/** One game: a batch of one row, through cursors. */
abstract class MinAtarEnvironment implements Environment, Stateful {
  private final MinAtarBatch games;
  private final byte[] planes;

  MinAtarEnvironment(MinAtarBatch games) {
    this.games = games;
    this.planes = new byte[games.spec().observationSpace().layout().bytes()];
  }

  @Override
  public final EnvironmentSpec spec() {
    return games.spec();
  }

  @Override
  public final void reset(RandomStream random, Observation observation) {
    games.begin(0, random, planes, 0);
    observation.setUnsigned(0, planes);
  }

  @Override
  public final void step(Action action, RandomStream random, Outcome outcome) {
    outcome.reward(games.step(0, action.discrete(), random, planes, 0));
    if (games.over(0)) {
      outcome.terminate();
    }
    outcome.observation().setUnsigned(0, planes);
  }

  @Override
  public final <T> Optional<T> capability(Class<T> type) {
    return games.capability(0, type);
  }

  @Override
  public final void carry(State state) {
    games.carry(state, 0);
  }
}
