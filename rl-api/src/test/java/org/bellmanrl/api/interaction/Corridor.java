package org.bellmanrl.api.interaction;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Cells 0 to {@code cells}; action 1 goes right, 0 stays. Begins in cell 0 or 1 at random; the
 * right end is terminal and pays 10, any other step pays −1.
 */
final class Corridor implements Environment, Stateful {
  private final EnvironmentSpec spec;
  private final int cells;
  private int cell;
  boolean closed;

  Corridor(int cells, int limit, boolean resumable) {
    this.cells = cells;
    EnvironmentSpec usual =
        EnvironmentSpec.of("Corridor", new Discrete(cells + 1), new Discrete(2))
            .withMaxEpisodeSteps(limit)
            .withDiagnostics("cell");
    this.spec = resumable ? usual : usual.notResumable();
  }

  Corridor(int cells, int limit) {
    this(cells, limit, true);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    cell = random.integers(0, 2);
    observation.setDiscrete(cell);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    cell += action.discrete();
    outcome.observation().setDiscrete(cell);
    outcome.diagnostic(0, cell);
    outcome.reward(-1);
    if (cell == cells) {
      outcome.reward(10);
      outcome.terminate();
    }
  }

  @Override
  public void carry(State state) {
    if (!spec.resumable()) {
      throw new UnsupportedOperationException("can't be saved");
    }
    state.begin("corridor", 1);
    cell = state.carryIndex("cell", cell, cells + 1);
    state.end();
  }

  @Override
  public void close() {
    closed = true;
  }
}
