package org.bellmanrl.env.toytext;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.env.internal.RangeBatch;
import org.bellmanrl.env.internal.grid.Dynamics;

/** Many environments that are nothing but one exact model, with a state per row. */
final class TableBatch extends RangeBatch {
  /** Shows a state in the ways there are. */
  interface Views {
    /** Returns a view of that type, if there is one, of whatever state is current. */
    <T> Optional<T> of(Class<T> type, IntSupplier state);
  }

  private final Dynamics dynamics;
  private final FiniteModel model;
  private final boolean[] allowed;
  private final Views views;
  private final int[] state;

  /**
   * A batch.
   *
   * @param spec what each row is; its observation is the state
   * @param dynamics draws as the single form does
   * @param allowed for masked environments whether each action is allowed, by state and action;
   *     else empty
   * @param views show an environment in a state
   * @param rows number of rows, at least 1
   */
  TableBatch(EnvironmentSpec spec, Dynamics dynamics, boolean[] allowed, Views views, int rows) {
    super(spec, rows);
    this.dynamics = dynamics;
    this.model = dynamics.model();
    this.allowed = allowed;
    this.views = views;
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
      int drawn = dynamics.drawOutcome(state[i], action[i], random.row(i));
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
      Modelled modelled = () -> model;
      return Optional.of(type.cast(modelled));
    }
    return views.of(type, () -> state[row]);
  }

  @Override
  public void carry(State state) {
    state.begin("table-batch", 1);
    state.carry("state", state);
    state.end();
    for (int row = 0; row < state.length; row++) {
      if (state[row] < 0 || state[row] >= model.states()) {
        throw new StateException(
            "state in row %d of %s must be in [0, %d), was %d: saved with other options"
                .formatted(row, spec().name(), model.states(), state[row]));
      }
    }
  }
}
