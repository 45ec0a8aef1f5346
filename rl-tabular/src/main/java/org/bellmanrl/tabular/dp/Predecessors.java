package org.bellmanrl.tabular.dp;

import org.bellmanrl.api.model.FiniteModel;

/** The states from which each state can be the next one. Immutable. */
final class Predecessors {
  private final int[] first;
  private final int[] state;
  private final int[] action;

  Predecessors(FiniteModel model) {
    first = new int[model.states() + 1];
    for (int i = 0; i < model.outcomes(); i++) {
      first[model.next(i) + 1] += model.terminated(i) ? 0 : 1;
    }
    for (int s = 0; s < model.states(); s++) {
      first[s + 1] += first[s];
    }
    state = new int[first[model.states()]];
    action = new int[state.length];
    int[] fill = first.clone();
    for (int s = 0; s < model.states(); s++) {
      for (int a = 0; a < model.actions(); a++) {
        for (int i = model.from(s, a); i < model.to(s, a); i++) {
          if (!model.terminated(i)) {
            int at = fill[model.next(i)]++;
            state[at] = s;
            action[at] = a;
          }
        }
      }
    }
  }

  /** The first predecessor of a state. */
  int from(int next) {
    return first[next];
  }

  /** One past the last predecessor of a state. */
  int to(int next) {
    return first[next + 1];
  }

  /** The state of a predecessor. */
  int state(int predecessor) {
    return state[predecessor];
  }

  /** The action that leads on. */
  int action(int predecessor) {
    return action[predecessor];
  }
}
