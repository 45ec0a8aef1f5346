package com.example.drive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.Stateful;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TwoLaneDriveTest {
  private static final int HOLD = 0;
  private static final int FASTER = 1;
  private static final int CHANGE = 3;

  private final TwoLaneDrive drive = new TwoLaneDrive(new TwoLaneDriveOptions(6, 0, 10));
  private final Simulation simulation = new Simulation(drive);

  @BeforeEach
  void begin() {
    simulation.reset(0);
  }

  /** Puts the drive into a situation, as a saved state has it. */
  private void situation(int lane, int speed, int right, int left) {
    Stateful saved =
        state -> {
          state.begin("two-lane-drive", 1);
          state.carry("lane", lane);
          state.carry("speed", speed);
          state.carry("bumped", false);
          state.carry("distance", new int[] {right, left});
          state.end();
        };
    BinaryState.fromBytes(BinaryState.toBytes(saved), drive);
  }

  private int[] seen() {
    int[] seen = new int[4];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = simulation.observation().discrete(i);
    }
    return seen;
  }

  @Test
  void step_faster_gainsOnBothLanes() {
    situation(0, 2, 5, 4);

    simulation.step(FASTER);

    assertArrayEquals(new int[] {0, 3, 3, 3}, seen());
    assertEquals(3, simulation.reward());
  }

  @Test
  void step_intoTheCarAhead_haltsAndCosts() {
    situation(0, 3, 2, 6);

    simulation.step(HOLD);

    assertArrayEquals(new int[] {0, 0, 1, 6}, seen());
    assertEquals(-10, simulation.reward());
    assertFalse(simulation.ended());
    assertTrue(drive.text(false).contains("*"));
  }

  @Test
  void changeLanes_carAlongside_isABump() {
    situation(0, 2, 5, 0);

    simulation.step(CHANGE);

    assertArrayEquals(new int[] {0, 0, 4, 0}, seen());
    assertEquals(-10, simulation.reward());
  }

  @Test
  void changeLanes_passedCar_fallsBehind() {
    situation(0, 3, 1, 6);

    simulation.step(CHANGE);

    assertArrayEquals(new int[] {1, 3, 6, 6}, seen());
    assertEquals(3, simulation.reward());
  }

  @Test
  void text_showsLanesAndCars() {
    situation(1, 2, 3, 6);

    assertEquals("=========\n.>.......\n....#....\n=========\nspeed 2\n", drive.text(false));
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TwoLaneDriveOptions(1, 0.3, 10));
    assertThrows(IllegalArgumentException.class, () -> new TwoLaneDriveOptions(6, 1.1, 10));
    assertThrows(IllegalArgumentException.class, () -> new TwoLaneDriveOptions(6, 0.3, -1));
  }
}
