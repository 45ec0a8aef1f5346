package org.bellmanrl.env.box2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.junit.jupiter.api.Test;

class WalkerGaitTest {

  /**
   * Gymnasium's program begins with a step of no torque, and then asks the heuristic, whose returns
   * {@link DistributionTest} compares with Gymnasium's.
   */
  @Test
  void act_throughWholeEpisodes_isGymnasiumsHeuristic() {
    try (BipedalWalker task = new BipedalWalker(BipedalWalkerOptions.defaults())) {
      Actor gait = new WalkerGait(task.spec()).actor(1, RandomStreams.ofSeeds(0));
      Actions actions = new Actions(task.spec().actionSpace(), Dict.EMPTY, 1);
      Simulation simulation = new Simulation(task);
      for (int seed = 0; seed < 3; seed++) {
        Policies.WalkerHeuristic heuristic = new Policies.WalkerHeuristic();
        float[] expected = new float[4];
        simulation.reset(seed);
        gait.begin(Rows.all(1));
        while (!simulation.ended()) {
          gait.act(Rows.all(1), simulation.observations(), actions);
          for (int i = 0; i < 4; i++) {
            assertThat(actions.values().floats()[i]).isCloseTo(expected[i], within(1e-6f));
          }
          simulation.step(expected);
          heuristic.act(simulation.observations().values().floats(), expected);
        }
      }
    }
  }
}
