package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Refuses calls in a wrong order: a step before the first reset, a step after the task has ended
 * the episode, anything after close.
 *
 * <p>Takes and gives any spaces. For simulators that drive environments themselves; the loops here
 * keep the order. State saved: where in that order every row is.
 */
public record OrderEnforcing() implements Wrapper {

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new Ordered(this, inner);
  }

  private static final class Ordered extends WrappedEnvironments {
    private final boolean[] begun;
    private final boolean[] ended;
    private boolean closed;

    Ordered(Wrapper wrapper, VectorEnvironment inner) {
      super(wrapper, inner, inner.spec(), Change.NOTHING);
      this.begun = new boolean[inner.rows()];
      this.ended = new boolean[inner.rows()];
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      if (closed) {
        throw refuse("be reset: it is closed");
      }
      inner().reset(rows, random, observations);
      for (int i = 0; i < rows.count(); i++) {
        begun[rows.at(i)] = true;
        ended[rows.at(i)] = false;
      }
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      if (closed) {
        throw refuse("step: it is closed");
      }
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        if (!begun[row]) {
          throw refuse("step in row " + row + " before its first reset");
        }
        if (ended[row]) {
          throw refuse("step in row " + row + ": the episode has ended; reset first");
        }
      }
      inner().step(rows, actions, random, outcomes);
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        ended[row] = outcomes.terminated()[row] || outcomes.truncated()[row];
      }
    }

    private IllegalStateException refuse(String what) {
      return new IllegalStateException(spec().name() + " can't " + what);
    }

    @Override
    public void close() {
      closed = true;
      super.close();
    }

    @Override
    public void carry(State state, int row) {
      state.begin("order-enforcing", 1);
      begun[row] = state.carry("begun", begun[row]);
      ended[row] = state.carry("ended", ended[row]);
      state.end();
      super.carry(state, row);
    }
  }
}
