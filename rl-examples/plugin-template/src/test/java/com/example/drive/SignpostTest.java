package com.example.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignpostTest {
  /** Drives to the junction and looks at nothing but the signpost and the fog on the way. */
  private static int driveToJunction(Simulation simulation, long seed, int length) {
    simulation.reset(seed);
    int sign = simulation.observation().discrete();
    for (int i = 1; i <= length; i++) {
      simulation.step(0);
      assertEquals(i == length ? 3 : 0, simulation.observation().discrete());
    }
    return sign;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void turn_asTheSignpostSaid_paysOne(long seed) {
    try (Simulation simulation = new Simulation(new Signpost(4))) {
      int sign = driveToJunction(simulation, seed, 4);

      simulation.step(sign);

      assertEquals(1, simulation.reward());
      assertTrue(simulation.terminated());
    }
  }

  @Test
  void turn_theOtherWay_costsOneAndEnds() {
    try (Simulation simulation = new Simulation(new Signpost(1))) {
      int sign = driveToJunction(simulation, 0, 1);

      simulation.step(3 - sign);

      assertEquals(-1, simulation.reward());
      assertTrue(simulation.terminated());
    }
  }

  @Test
  void step_thatLeadsNowhere_costsATenthAndStays() {
    try (Simulation simulation = new Simulation(new Signpost(1))) {
      simulation.reset(0);
      int sign = simulation.observation().discrete();

      simulation.step(1);

      assertEquals(-0.1, simulation.reward());
      assertEquals(sign, simulation.observation().discrete());
      simulation.step(0);
      simulation.step(0);
      assertEquals(-0.1, simulation.reward());
      assertEquals(3, simulation.observation().discrete());
      assertFalse(simulation.ended());
    }
  }

  @Test
  void options_lengthOutOfRange_isRefused() {
    EnvironmentEntry entry =
        Registry.of(new DriveCatalogue()).get(EnvironmentEntry.class, "example/Signpost-v1");

    assertThrows(IllegalArgumentException.class, () -> entry.create(Map.of("length", 0)));
    try (Environment road = entry.create(Map.of("length", "5"))) {
      assertEquals(50, road.spec().maxEpisodeSteps());
    }
  }
}
