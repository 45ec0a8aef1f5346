package org.bellmanrl.tabular;

import java.util.Arrays;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.model.Afterstates;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/** Small tasks, and contexts for learners of them. */
public final class Tasks {
  private Tasks() {}

  /** Three states, two actions, no limit. */
  public static EnvironmentSpec chain() {
    return EnvironmentSpec.of("Chain", new Discrete(3), new Discrete(2));
  }

  /** At the beginning of a run. */
  public static LearnerContext context(EnvironmentSpec spec, int rows) {
    return LearnerContext.of(spec, rows, Streams.of(0), progress(0, 0));
  }

  /** A run that stands still. */
  public static Progress progress(long steps, long episodes) {
    return new Progress() {
      @Override
      public long steps() {
        return steps;
      }

      @Override
      public long episodes() {
        return episodes;
      }

      @Override
      public double fraction() {
        return 0;
      }
    };
  }

  /**
   * A random walk over cells 0 to 6, beginning in the middle: 0 goes left and 1 right, but one time
   * in five the wind decides. The right end pays 1, both ends are terminal.
   */
  public static final class Walk implements Environment, Stateful {
    private static final int CELLS = 7;
    private final EnvironmentSpec spec;
    private int cell;

    public Walk(int limit) {
      this.spec =
          EnvironmentSpec.of("Walk", new Discrete(CELLS), new Discrete(2))
              .withMaxEpisodeSteps(limit);
    }

    @Override
    public EnvironmentSpec spec() {
      return spec;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      cell = CELLS / 2;
      observation.setDiscrete(cell);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      int direction = random.random() < 0.2 ? random.integers(2) : action.discrete();
      cell += direction == 1 ? 1 : -1;
      outcome.observation().setDiscrete(cell);
      if (cell == 0 || cell == CELLS - 1) {
        outcome.reward(cell == 0 ? 0 : 1);
        outcome.terminate();
      }
    }

    @Override
    public void carry(State state) {
      cell = state.carry("cell", cell);
    }
  }

  /** Six cells in a ring without an end: 0 goes left and 1 right, and passing cell 0 pays 1. */
  public static final class Ring implements Environment, Stateful {
    private static final int CELLS = 6;
    private final EnvironmentSpec spec =
        EnvironmentSpec.of("Ring", new Discrete(CELLS), new Discrete(2))
            .withMaxEpisodeSteps(50)
            .continuing();
    private int cell;

    /** Several rings. */
    public static VectorEnvironment rows(int rows) {
      Environment[] rings = new Environment[rows];
      Arrays.setAll(rings, row -> new Ring());
      return VectorEnvironment.of(rings);
    }

    @Override
    public EnvironmentSpec spec() {
      return spec;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      cell = random.integers(CELLS);
      observation.setDiscrete(cell);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      cell = (cell + (action.discrete() == 1 ? 1 : CELLS - 1)) % CELLS;
      outcome.reward(cell == 0 ? 1 : 0);
      outcome.observation().setDiscrete(cell);
    }

    @Override
    public void carry(State state) {
      cell = state.carry("cell", cell);
    }
  }

  /**
   * A shop with 0 to 4 pieces in stock: the action orders 0 to 2 more at 1 each, those beyond 4 are
   * lost; then 0, 1 or 2 are asked for, each as likely, and sell at 3. The stock after the order is
   * an afterstate.
   */
  public static final class Shop implements Environment, Stateful, Modelled, Afterstates {
    private static final int MOST = 4;
    private static final int ACTIONS = 3;
    private final EnvironmentSpec spec =
        EnvironmentSpec.of("Shop", new Discrete(MOST + 1), new Discrete(ACTIONS))
            .withMaxEpisodeSteps(50)
            .continuing();
    private int stock;

    /** Several shops. */
    public static VectorEnvironment rows(int rows) {
      Environment[] shops = new Environment[rows];
      Arrays.setAll(shops, row -> new Shop());
      return VectorEnvironment.of(shops);
    }

    @Override
    public EnvironmentSpec spec() {
      return spec;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      stock = random.integers(MOST + 1);
      observation.setDiscrete(stock);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      int ready = afterstate(stock, action.discrete());
      int sold = Math.min(ready, random.integers(3));
      outcome.reward(3 * sold - action.discrete());
      stock = ready - sold;
      outcome.observation().setDiscrete(stock);
    }

    @Override
    public int afterstates() {
      return MOST + 1;
    }

    @Override
    public int afterstate(int state, int action) {
      return Math.min(MOST, state + action);
    }

    @Override
    public double reward(int state, int action) {
      return -action;
    }

    @Override
    public FiniteModel model() {
      FiniteModel.Builder model = FiniteModel.builder(MOST + 1, ACTIONS);
      for (int s = 0; s <= MOST; s++) {
        model.initial(s, 1.0 / (MOST + 1));
        for (int a = 0; a < ACTIONS; a++) {
          int ready = afterstate(s, a);
          for (int asked = 0; asked < 3; asked++) {
            int sold = Math.min(ready, asked);
            model.add(s, a, 1.0 / 3, ready - sold, 3 * sold - a, false);
          }
        }
      }
      return model.build();
    }

    @Override
    public void carry(State state) {
      stock = state.carry("stock", stock);
    }
  }
}
