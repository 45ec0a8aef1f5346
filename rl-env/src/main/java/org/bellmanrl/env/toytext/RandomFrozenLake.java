package org.bellmanrl.env.toytext;

import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.grid.TextMap;
import org.bellmanrl.env.internal.grid.TileView;

/**
 * A frozen lake with a new random map for each episode, so that what is learned has to serve on
 * lakes that were never seen.
 *
 * <p>Each reset draws a map from the episode's stream as {@link FrozenLakeMaps#random} does, and
 * then the start; steps draw and pay as those of {@link FrozenLake}. The observation is the place,
 * which does not show where the holes are: the wrapper {@code render} shows the map. There is no
 * exact model, and {@code map_seed} is not used. Can show a grid, text and a picture, of the
 * present map.
 */
public final class RandomFrozenLake implements Environment, Stateful {
  private final EnvironmentSpec spec;
  private final FrozenLakeOptions options;
  private final RandomLake lake;
  private final TextMap map;
  private final TileView view;
  private final FrozenLakePicture picture;
  private final double[] cumulative;

  private int place;

  /**
   * Creates a lake.
   *
   * @param name how messages call it
   * @param maxEpisodeSteps limit of an episode in steps; 0 for none
   * @param options size and share of ice of its maps, its ice and its rewards
   * @throws IllegalArgumentException if maps of that kind hardly ever have a way to the goal
   */
  public RandomFrozenLake(String name, int maxEpisodeSteps, FrozenLakeOptions options) {
    int size = options.mapSize();
    this.options = options;
    this.lake = new RandomLake(size, options.mapP());
    this.map = TextMap.view(lake.cells(), size);
    this.view = FrozenLake.view(map, () -> place);
    this.picture = new FrozenLakePicture(map);
    this.spec =
        EnvironmentSpec.of(name, new Discrete(size * size), new Discrete(FrozenLake.ACTIONS))
            .withMaxEpisodeSteps(maxEpisodeSteps)
            .withLegend(FrozenLake.LEGEND);
    double sideways = (1 - options.successRate()) / 2;
    double ahead = sideways + options.successRate();
    this.cumulative = new double[] {sideways, ahead, ahead + sideways};
    // Finds out here rather than in the first episode whether there are such maps.
    lake.draw(RandomStream.ofSeed(options.mapSeed()));
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    lake.draw(random);
    random.next64(); // FrozenLake draws its start, though there is one
    place = 0;
    observation.setDiscrete(place);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    int direction = action.discrete();
    if (options.isSlippery()) {
      direction = (direction + 3 + random.firstAbove(cumulative, 0, 3)) % FrozenLake.ACTIONS;
    } else {
      random.next64();
    }
    place = map.neighbour(place, FrozenLake.DOWNWARD[direction], FrozenLake.RIGHTWARD[direction]);
    switch (map.at(place)) {
      case 'G' -> end(outcome, options.goalReward());
      case 'H' -> end(outcome, options.holeReward());
      default -> outcome.reward(options.iceReward());
    }
    outcome.observation().setDiscrete(place);
  }

  private static void end(Outcome outcome, double reward) {
    outcome.reward(reward);
    outcome.terminate();
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    Optional<T> shown = view.shown(type, () -> place, picture);
    return shown.isPresent() ? shown : Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    char[] cells = lake.cells();
    boolean[] holes = new boolean[cells.length];
    for (int i = 0; i < holes.length; i++) {
      holes[i] = cells[i] == 'H';
    }
    state.begin("random-frozen-lake", 1);
    place = state.carryIndex("place", place, cells.length);
    state.carry("holes", holes);
    state.end();
    for (int i = 1; i < holes.length - 1; i++) {
      cells[i] = holes[i] ? 'H' : 'F';
    }
  }
}
