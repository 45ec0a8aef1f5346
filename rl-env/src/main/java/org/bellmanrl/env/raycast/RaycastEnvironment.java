package org.bellmanrl.env.raycast;

import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/** One episode at a time: a batch of one row, through cursors. */
abstract class RaycastEnvironment implements Environment, Stateful {
  private final RaycastBatch batch;
  private final byte[] pixels;

  RaycastEnvironment(RaycastBatch.Task task, RaycastOptions options) {
    this.batch = new RaycastBatch(task, options, 1);
    this.pixels = new byte[batch.spec().observationSpace().layout().bytes()];
  }

  @Override
  public final EnvironmentSpec spec() {
    return batch.spec();
  }

  @Override
  public final void reset(RandomStream random, Observation observation) {
    batch.reset(0, random, pixels, 0);
    observation.setUnsigned(0, pixels);
  }

  @Override
  public final void step(Action action, RandomStream random, Outcome outcome) {
    outcome.reward(batch.step(0, action.discrete(), random, pixels, 0));
    Game game = batch.game(0);
    if (game.over()) {
      outcome.terminate();
    }
    outcome.diagnostic(0, game.health);
    outcome.diagnostic(1, game.ammo);
    outcome.diagnostic(2, game.kills);
    outcome.observation().setUnsigned(0, pixels);
  }

  @Override
  public final <T> Optional<T> capability(Class<T> type) {
    return batch.capability(0, type);
  }

  @Override
  public final void carry(State state) {
    batch.carry(state, 0);
  }
}
