package org.bellmanrl.env;

import java.util.Optional;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;
import org.bellmanrl.env.internal.RangeBatch;
import org.bellmanrl.env.internal.grid.Dynamics;
import org.bellmanrl.env.internal.grid.Placeable;

/** Many table tasks of one kind: their states, and one task that knows everything else. */
final class TableBatch extends RangeBatch {
  private final TableTask one;
  private final Dynamics dynamics;
  private final FiniteModel model;
  private final boolean[] allowed;
  private final int firstAction;
  private final int[] state;

  TableBatch(TableTask one, int rows) {
    super(one.spec, rows);
    this.one = one;
    this.dynamics = one.dynamics;
    this.model = one.model();
    this.allowed = one.allowed;
    this.firstAction = one.firstAction;
    this.state = new int[rows];
  }

  @Override
  protected void reset(int row, RandomStream random, Observations observations) {
    state[row] = dynamics.drawStart(random);
    observations.values().ints()[row] = state[row];
    mask(observations, row, row + 1);
  }

  @Override
  protected void step(int from, int to, Columns actions, RandomStreams random, Outcomes outcomes) {
    int[] action = actions.ints();
    int[] observation = outcomes.observations().values().ints();
    double[] reward = outcomes.reward();
    double[] discount = outcomes.discount();
    boolean[] terminated = outcomes.terminated();
    for (int i = from; i < to; i++) {
      int drawn = dynamics.drawOutcome(state[i], action[i] - firstAction, random.row(i));
      int next = model.next(drawn);
      state[i] = next;
      observation[i] = next;
      reward[i] = model.reward(drawn);
      if (model.terminated(drawn)) {
        terminated[i] = true;
        discount[i] = 0;
      }
    }
    mask(outcomes.observations(), from, to);
  }

  private void place(int place, Observations observations, int row) {
    state[row] = place;
    observations.values().ints()[row] = place;
    mask(observations, row, row + 1);
  }

  private void mask(Observations observations, int from, int to) {
    int width = observations.maskWidth();
    if (width > 0) {
      for (int i = from; i < to; i++) {
        System.arraycopy(allowed, state[i] * width, observations.mask(), i * width, width);
      }
    }
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    if (type == Modelled.class) {
      return Optional.of(type.cast(one));
    }
    if (type == Placeable.class) {
      Placeable placing = this::place;
      return Optional.of(type.cast(placing));
    }
    return one.shown(type, () -> state[row]);
  }

  @Override
  public void carry(State state, int row) {
    this.state[row] = one.carry(state, this.state[row]);
  }
}
