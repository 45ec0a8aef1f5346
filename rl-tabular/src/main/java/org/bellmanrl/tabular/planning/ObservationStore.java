package org.bellmanrl.tabular.planning;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.tabular.internal.States;

/** Observations with their masks by number, of as many things as are put in. */
final class ObservationStore implements Stateful {
  private final EnvironmentSpec spec;
  private Observations observations;
  private int size;

  /** Makes an empty store with room for the numbers below {@code capacity}. */
  ObservationStore(EnvironmentSpec spec, int capacity) {
    this.spec = spec;
    this.observations = new Observations(spec, Math.max(1, capacity));
  }

  /** Puts the observation of a row in place of the one that a number had. */
  void put(Observations source, int row, int number) {
    resize(number + 1);
    observations.copyRow(source, row, number);
  }

  private void resize(int least) {
    if (least > observations.rows()) {
      Observations larger =
          new Observations(spec, Math.max(least, States.doubled(observations.rows())));
      for (int number = 0; number < size; number++) {
        larger.copyRow(observations, number, number);
      }
      observations = larger;
    }
    size = Math.max(size, least);
  }

  /** Returns the observations; each number is the row of its observation. */
  Observations observations() {
    return observations;
  }

  @Override
  public void carry(State state) {
    state.begin("observation-store", 1);
    int saved = state.carry("size", size);
    if (saved < 0) {
      throw new StateException("size must be at least 0, was saved as " + saved);
    }
    size = 0;
    for (int number = 0; number < saved; number++) {
      resize(number + 1);
      observations.carry(state, number);
    }
    state.end();
  }
}
