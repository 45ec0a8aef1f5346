package org.bellmanrl.bench.env;

import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;

/** FrozenLake-v1 by hand: three outcomes an action, or one. */
final class BareFrozenLake extends BareLoop {
  private static final int ACTIONS = 4;

  private final int[] first;
  private final double[] cumulative;
  private final int[] next;
  private final double[] pay;
  private final boolean[] end;

  private final int[] state;
  private final int[] seen;

  BareFrozenLake(int rows) {
    super(rows, 0);
    FiniteModel model = new FrozenLake(FrozenLakeOptions.defaults()).model();
    this.first = new int[model.states() * ACTIONS + 1];
    this.cumulative = new double[model.outcomes()];
    this.next = new int[model.outcomes()];
    this.pay = new double[model.outcomes()];
    this.end = new boolean[model.outcomes()];
    for (int pair = 0; pair < first.length - 1; pair++) {
      int from = model.from(pair / ACTIONS, pair % ACTIONS);
      int to = model.to(pair / ACTIONS, pair % ACTIONS);
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += model.probability(i);
        cumulative[i] = sum;
        next[i] = model.next(i);
        pay[i] = model.reward(i);
        end[i] = model.terminated(i);
      }
      first[pair + 1] = to;
    }
    this.state = new int[rows];
    this.seen = new int[rows];
  }

  @Override
  void reset(int row) {
    // The start is certain, but Gymnasium draws it.
    state[row] = random[row].random() < 1 ? 0 : 1;
    seen[row] = state[row];
  }

  @Override
  void stepAll(Columns actions) {
    int[] action = actions.ints();
    for (int row = 0; row < rows; row++) {
      step(row, action[row]);
    }
  }

  @Override
  void stepOne(Columns actions) {
    for (int action : actions.ints()) {
      step(0, action);
    }
  }

  private void step(int row, int action) {
    int pair = state[row] * ACTIONS + action;
    double u = random[row].random();
    int drawn = first[pair];
    int last = first[pair + 1] - 1;
    while (drawn < last && cumulative[drawn] <= u) {
      drawn++;
    }
    state[row] = next[drawn];
    seen[row] = next[drawn];
    reward[row] = pay[drawn];
    terminated[row] = end[drawn];
    if (end[drawn]) {
      reset(row);
    }
  }
}
