package org.bellmanrl.testkit;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * A row of cells; stepping off its right end pays 1 and ends the episode, everything else pays 0.
 *
 * <p>Observation: the cell, {@code Discrete(cells)}. Actions: 0 left, 1 right; one step in ten goes
 * the other way. An episode starts in any cell but the last. For learner contracts: the best action
 * is 1 everywhere, and the model is exact. Not thread-safe.
 */
public final class Corridor implements Environment, Stateful, Modelled, TextView {
  private static final double SLIP = 0.1;

  private final int cells;
  private final EnvironmentSpec spec;
  private int cell;

  /** A corridor of so many cells, at least 2; episodes are cut after 50 steps per cell. */
  public Corridor(int cells) {
    Require.atLeast("cells", cells, 2);
    this.cells = cells;
    this.spec =
        EnvironmentSpec.of("testkit/Corridor-v0", new Discrete(cells), new Discrete(2))
            .withMaxEpisodeSteps(50 * cells);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    cell = random.integers(cells - 1);
    observation.setDiscrete(cell);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    boolean right = (action.discrete() == 1) == (random.random() >= SLIP);
    if (right && cell == cells - 1) {
      outcome.reward(1);
      outcome.terminate();
    } else {
      cell = right ? cell + 1 : Math.max(0, cell - 1);
    }
    outcome.observation().setDiscrete(cell);
  }

  @Override
  public FiniteModel model() {
    FiniteModel.Builder model = FiniteModel.builder(cells, 2);
    for (int at = 0; at < cells; at++) {
      model.initial(at, at == cells - 1 ? 0 : 1.0 / (cells - 1));
      boolean last = at == cells - 1;
      for (int action = 0; action < 2; action++) {
        double right = action == 1 ? 1 - SLIP : SLIP;
        model.add(at, action, 1 - right, Math.max(0, at - 1), 0, false);
        model.add(at, action, right, last ? at : at + 1, last ? 1 : 0, last);
      }
    }
    return model.build();
  }

  @Override
  public String text(boolean colour) {
    return ".".repeat(cell) + "A" + ".".repeat(cells - 1 - cell) + "|\n";
  }

  @Override
  public void carry(State state) {
    state.begin("corridor", 1);
    cell = state.carry("cell", cell);
    state.end();
  }
}
