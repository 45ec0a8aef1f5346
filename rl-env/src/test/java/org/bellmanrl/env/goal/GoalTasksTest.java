package org.bellmanrl.env.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.model.GoalReward;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tasks with goals keep the contract, and pay what they say of goals. */
class GoalTasksTest {
  @Nested
  class BitFlippingContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new BitFlipping(new BitFlipping.Options(3));
    }
  }

  @Nested
  class PointMazeContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new PointMaze(new PointMaze.Options(0.9));
    }
  }

  @Test
  void steps_payWhatTheirGoalPays() {
    RandomStream random = RandomStream.ofSeed(3);
    for (Environment task :
        List.of(
            new BitFlipping(new BitFlipping.Options(3)),
            new PointMaze(PointMaze.Options.defaults()))) {
      GoalReward goals = task.capability(GoalReward.class).orElseThrow();
      List<Leaf> leaves = task.spec().observationSpace().layout().leaves();
      int achieved = leaves.get(0).offset();
      int desired = leaves.get(1).offset();
      assertThat(leaves.get(0).path()).isEqualTo(GoalReward.ACHIEVED);
      assertThat(leaves.get(1).path()).isEqualTo(GoalReward.DESIRED);
      int reached = 0;
      try (Simulation simulation = new Simulation(task)) {
        simulation.reset(1);
        for (int step = 0; step < 5000; step++) {
          float goal = simulation.observations().values().floats()[desired];
          simulation.stepSampled(random);
          float[] seen = simulation.observations().values().floats();
          assertThat(seen[desired]).isEqualTo(goal);
          assertThat(simulation.reward()).isEqualTo(goals.reward(seen, achieved, seen, desired));
          assertThat(simulation.terminated())
              .isEqualTo(goals.terminates(seen, achieved, seen, desired));
          reached += simulation.terminated() ? 1 : 0;
          if (simulation.ended()) {
            simulation.reset();
          }
        }
      }
      assertThat(reached).as(task.spec().name()).isPositive();
    }
  }

  /** From one end of the U to the other, around the wall between them. */
  @Test
  void pointMaze_walls_stopThePoint() {
    try (Simulation simulation = new Simulation(new PointMaze(PointMaze.Options.defaults()))) {
      simulation.reset(0);
      for (int step = 0; step < 99 && !simulation.ended(); step++) {
        simulation.step(-1f, -1f);
        float x = simulation.observations().values().floats()[0];
        float y = simulation.observations().values().floats()[1];
        assertThat(x).isBetween(1f, 4f);
        assertThat(y).isBetween(1f, 4f);
        assertThat(y >= 2 && y < 3 && x < 3).isFalse();
      }
    }
  }
}
