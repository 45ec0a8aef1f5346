package org.bellmanrl.tabular.planning;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.tabular.table.QTable;

/**
 * A learned model that takes the world for deterministic: what came of every state and action when
 * it was last tried. Knows the states in which anything was tried, and the actions tried there, in
 * the order of the first time.
 */
final class SampleModel implements Stateful {
  private static final int UNTRIED = -1;

  private final int actions;
  private final double[] reward;
  private final double[] discount;
  private final Observations next;
  private final int[] states;
  private int stateCount;
  private final int[] tried;
  private final int[] triedCount;
  private final int[] place;

  SampleModel(EnvironmentSpec spec, QTable q) {
    this.actions = q.actions();
    this.reward = new double[q.entries()];
    this.discount = new double[q.entries()];
    this.next = new Observations(spec, q.entries());
    this.states = new int[q.states()];
    this.tried = new int[q.entries()];
    this.triedCount = new int[q.states()];
    this.place = new int[q.entries()];
    Arrays.fill(place, UNTRIED);
  }

  /** Remembers what came of an entry. */
  void learn(int entry, Transitions transitions, int row) {
    int state = entry / actions;
    if (place[entry] == UNTRIED) {
      if (triedCount[state] == 0) {
        states[stateCount++] = state;
      }
      place[entry] = triedCount[state];
      tried[state * actions + triedCount[state]++] = entry;
    }
    reward[entry] = transitions.reward()[row];
    discount[entry] = transitions.discount()[row];
    next.copyRow(transitions.nextObservations(), row, entry);
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
    return next;
  }

  @Override
  public void save(StateWriter out) {
    out.begin("sample-model", 1);
    out.write("reward", reward);
    out.write("discount", discount);
    out.write("next", next);
    out.write("states", states, 0, stateCount);
    for (int i = 0; i < stateCount; i++) {
      out.write("tried", tried, states[i] * actions, triedCount[states[i]]);
    }
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("sample-model", 1);
    in.read("reward", reward);
    in.read("discount", discount);
    in.read("next", next);
    int[] known = in.readInts("states", states.length);
    Arrays.fill(triedCount, 0);
    Arrays.fill(place, UNTRIED);
    stateCount = 0;
    for (int state : known) {
      if (state < 0 || state >= triedCount.length || triedCount[state] > 0) {
        throw new StateException(
            "a saved model knows state %d of %d, or knows it twice"
                .formatted(state, triedCount.length));
      }
      states[stateCount++] = state;
      for (int entry : in.readInts("tried", actions)) {
        if (entry / actions != state || place[entry] != UNTRIED) {
          throw new StateException(
              "a saved model tried entry %d in state %d, or twice".formatted(entry, state));
        }
        place[entry] = triedCount[state];
        tried[state * actions + triedCount[state]++] = entry;
      }
    }
    in.end();
  }
}
