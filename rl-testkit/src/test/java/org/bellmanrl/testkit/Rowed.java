package org.bellmanrl.testkit;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/** Hands everything on to other environments; tests break it. */
class Rowed implements VectorEnvironment {
  final VectorEnvironment inner;

  Rowed(VectorEnvironment inner) {
    this.inner = inner;
  }

  @Override
  public EnvironmentSpec spec() {
    return inner.spec();
  }

  @Override
  public int rows() {
    return inner.rows();
  }

  @Override
  public void reset(Rows rows, RandomStreams random, Observations observations) {
    inner.reset(rows, random, observations);
  }

  @Override
  public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
    inner.step(rows, actions, random, outcomes);
  }

  @Override
  public void carry(State state, int row) {
    inner.carry(state, row);
  }

  @Override
  public void carryShared(State state) {
    inner.carryShared(state);
  }

  @Override
  public void close() {
    inner.close();
  }
}
