package org.bellmanrl.tabular.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.dp.FiniteHorizon;
import org.bellmanrl.testkit.Corridor;
import org.junit.jupiter.api.Test;

final class UctTest {

  /**
   * Three steps of the shop: the tree is small enough for every value to come near the exact one.
   */
  @Test
  void plan_manyFutures_valueComesToThatOfTheFiniteHorizon() {
    Tasks.Shop shop = new Tasks.Shop();
    FiniteHorizon exact = new FiniteHorizon(shop.model(), 0.9, 3);
    Uct planner =
        new Uct(new Tasks.Shop(), new Uct.Config(60_000, 3, 0.9, 4), RandomStream.ofSeed(1));
    try (Simulation simulation = new Simulation(shop)) {
      simulation.reset(3);
      int stock = simulation.observation().discrete();
      int action = planner.plan(shop, simulation.observations());

      assertThat(action).isEqualTo(exact.action(3, stock));
      assertThat(planner.value(action)).isCloseTo(exact.value(3, stock), within(0.15));
      assertThat(planner.tries(0) + planner.tries(1) + planner.tries(2)).isEqualTo(60_000);
    }
  }

  @Test
  void plan_corridor_goesToTheEnd() {
    Corridor corridor = new Corridor(5);
    Uct planner =
        new Uct(
            new Corridor(5),
            Uct.Config.defaults().withSimulations(300).withHorizon(30).withGamma(0.9),
            RandomStream.ofSeed(2));
    int right = 0;
    int steps = 0;
    try (Simulation simulation = new Simulation(corridor)) {
      for (int episode = 0; episode < 10; episode++) {
        simulation.reset(episode);
        while (!simulation.ended()) {
          int action = planner.plan(corridor, simulation.observations());
          right += action;
          steps++;
          simulation.step(action);
        }
        assertThat(simulation.episodeReturn()).isEqualTo(1);
      }
    }
    assertThat(right).isGreaterThan(steps * 9 / 10);
  }

  @Test
  void plan_task_isNotTouched() {
    Corridor corridor = new Corridor(5);
    Uct planner = new Uct(new Corridor(5), Uct.Config.defaults(), RandomStream.ofSeed(2));
    try (Simulation simulation = new Simulation(corridor)) {
      simulation.reset(4);
      byte[] before = BinaryState.toBytes(simulation);
      planner.plan(corridor, simulation.observations());
      assertThat(BinaryState.toBytes(simulation)).isEqualTo(before);
    }
  }

  @Test
  void plan_sameSeed_isTheSame() {
    int[][] tries = new int[2][2];
    for (int run = 0; run < 2; run++) {
      Corridor corridor = new Corridor(5);
      Uct planner = new Uct(new Corridor(5), Uct.Config.defaults(), RandomStream.ofSeed(9));
      try (Simulation simulation = new Simulation(corridor)) {
        simulation.reset(4);
        planner.plan(corridor, simulation.observations());
        tries[run] = new int[] {planner.tries(0), planner.tries(1)};
      }
    }
    assertThat(tries[0]).isEqualTo(tries[1]);
  }

  @Test
  void config_outOfRange_namesValueAndRange() {
    assertThatThrownBy(() -> new Uct.Config(0, 1, 1, 1))
        .hasMessage("simulations must be at least 1, was 0");
    assertThatThrownBy(() -> new Uct.Config(1, 0, 1, 1))
        .hasMessage("horizon must be at least 1, was 0");
    assertThatThrownBy(() -> new Uct.Config(1, 1, 2, 1))
        .hasMessage("gamma must be in [0, 1], was 2.0");
    assertThatThrownBy(() -> new Uct.Config(1, 1, 1, -1))
        .hasMessage("exploration must be at least 0, was -1.0");
    Uct.Config many = Uct.Config.defaults().withSimulations(Integer.MAX_VALUE);
    assertThatThrownBy(() -> new Uct(new Corridor(5), many, RandomStream.ofSeed(1)))
        .hasMessage("simulations must be at most 1073741822 with 2 actions, was 2147483647");
  }
}
