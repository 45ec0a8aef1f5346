package org.bellmanrl.lab.internal.assembly;

import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Environments in a wrapper that does not say how results are judged with it: for evaluation, the
 * same wrapper is applied to the other environments, with none of the state that it has gathered.
 */
final class RewrappedForEvaluation implements VectorEnvironment, Wrapper.ForEvaluation {
  private final Wrapper wrapper;
  private final VectorEnvironment inner;
  private final VectorEnvironment whole;

  /** Wraps {@code inner}, which is closed with this. */
  RewrappedForEvaluation(Wrapper wrapper, VectorEnvironment inner) {
    this(wrapper, inner, wrapper.wrap(inner));
  }

  private RewrappedForEvaluation(
      Wrapper wrapper, VectorEnvironment inner, VectorEnvironment whole) {
    this.wrapper = wrapper;
    this.inner = inner;
    this.whole = whole;
  }

  /**
   * Returns the wrapped environments, which say how they are judged: either they do so themselves,
   * or this does.
   */
  static VectorEnvironment of(Wrapper wrapper, VectorEnvironment inner) {
    VectorEnvironment whole = wrapper.wrap(inner);
    return whole instanceof Wrapper.ForEvaluation
        ? whole
        : new RewrappedForEvaluation(wrapper, inner, whole);
  }

  @Override
  public VectorEnvironment around(VectorEnvironment bare) {
    return new RewrappedForEvaluation(
        wrapper, inner instanceof Wrapper.ForEvaluation below ? below.around(bare) : bare);
  }

  @Override
  public EnvironmentSpec spec() {
    return whole.spec();
  }

  @Override
  public int rows() {
    return whole.rows();
  }

  @Override
  public void reset(Rows rows, RandomStreams random, Observations observations) {
    whole.reset(rows, random, observations);
  }

  @Override
  public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
    whole.step(rows, actions, random, outcomes);
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    return whole.capability(row, type);
  }

  @Override
  public void carry(State state, int row) {
    whole.carry(state, row);
  }

  @Override
  public void carryShared(State state) {
    whole.carryShared(state);
  }

  @Override
  public Sharing sharing() {
    return whole.sharing();
  }

  @Override
  public void mergeRows() {
    whole.mergeRows();
  }

  @Override
  public void close() {
    whole.close();
  }
}
