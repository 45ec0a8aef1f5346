package org.bellmanrl.testkit;

import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Of the allowed actions takes one at random every fifth time since an episode's begin, and else
 * the one of the largest value in a shared table. It keeps its contract; tests break it.
 */
class TablePolicy implements Policy {
  static final int STATES = 6;
  static final int ACTIONS = 3;
  final double[] table;

  TablePolicy(double[] table) {
    this.table = table;
  }

  static double[] someTable() {
    double[] table = new double[STATES * ACTIONS];
    for (int i = 0; i < table.length; i++) {
      table[i] = i * 7 % 5;
    }
    return table;
  }

  @Override
  public Dict extras() {
    return Dict.of(Map.of("value", Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1)));
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new TableActor(rows, random);
  }

  @Override
  public Policy snapshot() {
    return new TablePolicy(table.clone());
  }

  class TableActor implements Actor {
    final RandomStreams random;
    final int[] acted;

    TableActor(int rows, RandomStreams random) {
      this.random = random;
      this.acted = new int[rows];
    }

    @Override
    public void begin(Rows rows) {
      for (int i = 0; i < rows.count(); i++) {
        acted[rows.at(i)] = 0;
      }
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int chosen = choose(observations, row, random.row(row), acted[row]++ % 5 == 4);
        actions.values().ints()[row] = chosen;
        actions.extras().floats()[row] =
            (float) table[observations.values().ints()[row] * ACTIONS + chosen];
      }
    }

    int choose(Observations observations, int row, RandomStream stream, boolean any) {
      int best = -1;
      int left = any ? stream.integers(ACTIONS) : 0;
      int from = observations.values().ints()[row] * ACTIONS;
      for (int a = 0; a < ACTIONS; a++) {
        boolean better = best < 0 || (any ? left-- > 0 : table[from + a] > table[from + best]);
        if (better && allows(observations, row, a)) {
          best = a;
        }
      }
      return best;
    }

    boolean allows(Observations observations, int row, int action) {
      return observations.allows(row, action);
    }

    @Override
    public int rows() {
      return acted.length;
    }

    @Override
    public void carry(State state, int row) {
      state.begin("table-actor", 1);
      random.carry(state, row);
      acted[row] = state.carry("acted", acted[row]);
      state.end();
    }
  }
}
