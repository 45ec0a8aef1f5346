package org.bellmanrl.tabular.planning;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.tabular.internal.States;
import org.bellmanrl.tabular.table.QTable;

/**
 * A learned model that takes the world for deterministic: what came of every state and action when
 * it was last tried. Knows the states in which anything was tried, and the actions tried there, in
 * the order of the first time.
 */
final class SampleModel implements Stateful {
  private static final int UNTRIED = -1;

  private final QTable q;
  private final int actions;
  private final ObservationStore next;
  private double[] reward = {};
  private double[] discount = {};
  private int[] tried = {};
  private int[] place = {};
  private int[] states = {};
  private int[] triedCount = {};
  private int stateCount;

  /** Makes a model that knows nothing, of the states and actions of a table. */
  SampleModel(EnvironmentSpec spec, QTable q) {
    this.q = q;
    this.actions = q.actions();
    this.next = new ObservationStore(spec, q.entries());
    resize(q.states());
  }

  private void resize(int stateCapacity) {
    int entries = stateCapacity * actions;
    int before = place.length;
    reward = Arrays.copyOf(reward, entries);
    discount = Arrays.copyOf(discount, entries);
    tried = Arrays.copyOf(tried, entries);
    place = Arrays.copyOf(place, entries);
    Arrays.fill(place, before, entries, UNTRIED);
    states = Arrays.copyOf(states, stateCapacity);
    triedCount = Arrays.copyOf(triedCount, stateCapacity);
  }

  /** Remembers what came of an entry. */
  void learn(int entry, Transitions transitions, int row) {
    if (entry >= place.length) {
      resize(Math.max(q.states(), States.doubled(place.length) / actions));
    }
    if (place[entry] == UNTRIED) {
      addTried(entry);
    }
    reward[entry] = transitions.reward()[row];
    discount[entry] = transitions.discount()[row];
    next.put(transitions.nextObservations(), row, entry);
  }

  private void addTried(int entry) {
    int state = entry / actions;
    if (triedCount[state] == 0) {
      states[stateCount++] = state;
    }
    place[entry] = triedCount[state];
    tried[state * actions + triedCount[state]++] = entry;
  }

  /** Number of states in which anything was tried. */
  int states() {
    return stateCount;
  }

  /** One of them. */
  int state(int index) {
    return states[index];
  }

  /** Number of actions tried in a state. */
  int tried(int state) {
    return triedCount[state];
  }

  /** The entry of one of them. */
  int tried(int state, int index) {
    return tried[state * actions + index];
  }

  /** Whether an entry was ever tried. */
  boolean wasTried(int entry) {
    return place[entry] != UNTRIED;
  }

  /** What an entry pays. */
  double reward(int entry) {
    return reward[entry];
  }

  /** How much of what follows an entry counts. */
  double discount(int entry) {
    return discount[entry];
  }

  /** What is observed after each entry, by entry. */
  Observations next() {
    return next.observations();
  }

  /** The table must be carried first. */
  @Override
  public void carry(State state) {
    state.begin("sample-model", 1);
    if (q.states() > states.length) {
      resize(q.states());
    }
    state.carry("reward", reward, 0, q.entries());
    state.carry("discount", discount, 0, q.entries());
    state.carry("next", next);
    int[] known = state.carryUpTo("states", states, stateCount, q.states());
    int count = stateCount;
    if (state.restoring()) {
      count = known.length;
      stateCount = 0;
      Arrays.fill(triedCount, 0);
      Arrays.fill(place, UNTRIED);
    }
    for (int i = 0; i < count; i++) {
      carryTried(state, known[i]);
    }
    state.end();
  }

  private void carryTried(State state, int known) {
    if (known < 0 || known >= q.states() || (state.restoring() && triedCount[known] > 0)) {
      throw new StateException(
          "a saved model knows state %d of %d, or knows it twice".formatted(known, q.states()));
    }
    int[] mine = Arrays.copyOfRange(tried, known * actions, (known + 1) * actions);
    int[] saved = state.carryUpTo("tried", mine, triedCount[known], actions);
    if (!state.restoring()) {
      return;
    }
    for (int entry : saved) {
      if (entry < 0 || entry / actions != known || place[entry] != UNTRIED) {
        throw new StateException(
            "a saved model tried entry %d in state %d, or twice".formatted(entry, known));
      }
      addTried(entry);
    }
  }
}
