package org.bellmanrl.env.mujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.model.GoalReward;
import org.bellmanrl.api.random.RandomStream;
import org.junit.jupiter.api.Test;

@RequiresMujoco
class ReacherGoalTest {
  /** Where the parts of an observation begin. */
  private static final int ACHIEVED = 0;

  private static final int DESIRED = 2;
  private static final int SEEN = 4;

  @Test
  void steps_areThoseOfReacher_andPayWhatTheirGoalPays() {
    Environment task = Environments.make(ReacherGoal.ID, Map.of("radius", "0.05"));
    GoalReward goals = task.capability(GoalReward.class).orElseThrow();
    RandomStream random = RandomStream.ofSeed(5);
    int reached = 0;
    try (Simulation simulation = new Simulation(task);
        Simulation reacher = new Simulation(Environments.make("Reacher-v5", Map.of()))) {
      simulation.reset(2);
      reacher.reset(2);
      for (int step = 0; step < 2_000; step++) {
        float shoulder = (float) random.uniform(-1, 1);
        float elbow = (float) random.uniform(-1, 1);
        simulation.step(shoulder, elbow);
        reacher.step(shoulder, elbow);
        float[] seen = simulation.observations().values().floats();
        float[] plain = reacher.observations().values().floats();
        // Cosines and sines lie alike; the target's place comes before the velocities in Reacher.
        assertThat(Arrays.copyOfRange(seen, SEEN, SEEN + 4))
            .isEqualTo(Arrays.copyOfRange(plain, 0, 4));
        assertThat(Arrays.copyOfRange(seen, SEEN + 4, SEEN + 6))
            .isEqualTo(Arrays.copyOfRange(plain, 6, 8));
        for (int axis = 0; axis < 2; axis++) {
          assertThat(seen[DESIRED + axis]).isCloseTo(plain[4 + axis], within(1e-3f));
          assertThat(seen[ACHIEVED + axis] - seen[DESIRED + axis])
              .isCloseTo(plain[8 + axis], within(1e-6f));
        }
        assertThat(simulation.reward()).isEqualTo(goals.reward(seen, ACHIEVED, seen, DESIRED));
        assertThat(simulation.reward()).isEqualTo(Math.hypot(plain[8], plain[9]) <= 0.05 ? 0 : -1);
        assertThat(simulation.terminated()).isFalse();
        assertThat(goals.terminates(seen, ACHIEVED, seen, DESIRED)).isFalse();
        reached += simulation.reward() == 0 ? 1 : 0;
        if (simulation.ended()) {
          simulation.reset();
          reacher.reset();
        }
      }
    }
    assertThat(reached).isBetween(1, 1_999);
  }

  @Test
  void radius_thatIsNotAbove0_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Environments.make(ReacherGoal.ID, Map.of("radius", "0")))
        .withMessageContaining("radius");
  }
}
