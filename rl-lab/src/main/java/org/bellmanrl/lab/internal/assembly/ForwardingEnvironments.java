package org.bellmanrl.lab.internal.assembly;

import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/** Base class of environments that forward everything to others, whatever these are. */
public abstract class ForwardingEnvironments implements VectorEnvironment {
  private final VectorEnvironment inner;

  /** Forwards everything that is not overridden. */
  protected ForwardingEnvironments(VectorEnvironment inner) {
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
  public <T> Optional<T> capability(int row, Class<T> type) {
    return inner.capability(row, type);
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
  public Sharing sharing() {
    return inner.sharing();
  }

  @Override
  public void mergeRows() {
    inner.mergeRows();
  }

  @Override
  public void close() {
    inner.close();
  }
}
