package com.example.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.render.TextView;
import org.junit.jupiter.api.Test;

class FogTest {
  private static VectorEnvironment road(double thickness) {
    return new Fog(thickness).wrap(VectorEnvironment.of(new Signpost(1000)));
  }

  @Test
  void step_fog_showsTheLastClearObservation() {
    try (Simulation simulation = new Simulation(road(0.5))) {
      simulation.reset(1);
      int sign = simulation.observation().discrete();
      int hidden = 0;
      // Once the fog has lifted, the road looks the same everywhere.
      for (int shown = sign; shown == sign; hidden++) {
        simulation.step(0);
        shown = simulation.observation().discrete();
        assertTrue(shown == sign || shown == 0);
      }
      assertTrue(hidden >= 1);
    }
  }

  @Test
  void step_noFog_changesNothing() {
    try (Simulation simulation = new Simulation(road(0))) {
      simulation.reset(1);
      simulation.step(0);

      assertEquals(0, simulation.observation().discrete());
    }
  }

  @Test
  void capability_picture_showsThrough() {
    try (VectorEnvironment drive =
        new Fog(0.1).wrap(VectorEnvironment.of(new TwoLaneDrive(TwoLaneDriveOptions.defaults())))) {
      assertTrue(drive.capability(0, TextView.class).isPresent());
    }
  }

  @Test
  void thickness_outOfRange_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Fog(1));
    assertThrows(IllegalArgumentException.class, () -> new Fog(Double.NaN));
  }
}
