package org.bellmanrl.env.textbook;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.picture.LampsPicture;

/**
 * A short corridor with switched actions, where the best policy is random (Sutton &amp; Barto, 2nd
 * ed., 2018, example 13.1).
 *
 * <p>Three cells that all look the same, and the goal to the right of them; an episode begins in
 * the first. Actions are 0 to the left and 1 to the right, in the second cell the other way round;
 * to the left of the first cell is a wall. Every step costs 1. Going right with probability p, the
 * expected return is −(4 − 2p) / (p (1 − p)) without an episode limit: at best −11.657, for p = 2 −
 * √2 = 0.586. Draws no random numbers.
 */
public final class ShortCorridor implements Environment, Stateful {
  private static final int GOAL = 3;
  private static final int SWITCHED = 1;

  private final EnvironmentSpec spec;
  private int cell;

  /** The task of {@code ShortCorridor-v1}. */
  public ShortCorridor(ShortCorridorOptions options) {
    this.spec =
        EnvironmentSpec.of("ShortCorridor-v1", new Discrete(1), new Discrete(2))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of("always the same: the cells look alike"),
                    List.of("left", "right"),
                    "Each step costs 1 until the right end; in the second cell the actions are swapped."));
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    cell = 0;
    observation.setDiscrete(0);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    boolean right = (action.discrete() == 1) != (cell == SWITCHED);
    cell = Math.max(0, cell + (right ? 1 : -1));
    outcome.reward(-1);
    if (cell == GOAL) {
      outcome.terminate();
    }
    outcome.observation().setDiscrete(0);
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    return type == PictureView.class
        ? Optional.of(type.cast(LampsPicture.of(GOAL + 1, () -> cell)))
        : Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("short-corridor", 1);
    cell = state.carryIndex("cell", cell, GOAL + 1);
    state.end();
  }
}
