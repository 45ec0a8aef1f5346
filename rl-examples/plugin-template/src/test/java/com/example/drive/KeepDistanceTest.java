package com.example.drive;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bellmanrl.api.interaction.Evaluation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepDistanceTest {
  private static final int STEPS = 10_000;

  /** One bump would cost more than the whole drive earns. */
  @ParameterizedTest
  @ValueSource(ints = {2, 6, 50})
  void drive_anySight_neverBumps(int sight) {
    TwoLaneDrive drive = new TwoLaneDrive(new TwoLaneDriveOptions(sight, 0.3, 3 * STEPS));

    Evaluation result =
        Evaluation.of(
            drive,
            new KeepDistance(drive.spec()),
            Evaluation.Plan.episodes(3).withMaxEpisodeSteps(STEPS));

    for (double earned : result.returns()) {
      assertTrue(earned > 0.9 * STEPS, "earned " + earned + " in " + STEPS + " steps");
    }
  }

  @Test
  void policy_ofAnotherTask_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new KeepDistance(new Signpost(3).spec()));
  }
}
