package org.bellmanrl.env.jolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.bellmanrl.api.interaction.Simulation;
import org.junit.jupiter.api.Test;

class HuggyPuppoTest {

  private static Simulation dog() {
    return new Simulation(new HuggyPuppo("HuggyPuppo-v1"));
  }

  private static float[] act(float targets, float strengths, float turn) {
    float[] action = new float[21];
    Arrays.fill(action, 0, 12, targets);
    Arrays.fill(action, 12, 20, strengths);
    action[20] = turn;
    return action;
  }

  @Test
  void spaces_areThoseOfMlAgents() {
    try (Simulation dog = dog()) {
      dog.reset(0);
      assertThat(dog.observations().values().floats()).hasSize(59);
      assertThat(dog.actions().floats()).hasSize(21);
    }
  }

  @Test
  void step_reward_isSpeedTimeAndTurn() {
    try (Simulation dog = dog()) {
      dog.reset(3);
      for (int i = 0; i < 20; i++) {
        dog.step(act(0.2f * (i % 2), 1, 0.5f));
        double speed = dog.diagnostic("speed_to_stick");
        assertThat(dog.reward()).isCloseTo(5 * (0.01 * speed - 0.001 - 0.0005), within(1e-12));
      }
    }
  }

  @Test
  void step_withoutStrength_collapses() {
    try (Simulation strong = dog();
        Simulation weak = dog()) {
      strong.reset(1);
      weak.reset(1);
      for (int i = 0; i < 20; i++) {
        strong.step(act(0, 1, 0));
        weak.step(act(0, -1, 0));
      }
      assertThat(strong.diagnostic("height")).isGreaterThan(0.35);
      assertThat(weak.diagnostic("height")).isLessThan(0.25);
      // The next episode begins as strong as the first.
      weak.reset(1);
      weak.step(act(0, 1, 0));
      assertThat(weak.diagnostic("height")).isGreaterThan(0.35);
    }
  }

  @Test
  void step_turn_turnsToItsSide() {
    try (Simulation left = dog();
        Simulation right = dog()) {
      left.reset(1);
      right.reset(1);
      for (int i = 0; i < 10; i++) {
        left.step(act(0, 1, 1));
        right.step(act(0, 1, -1));
      }
      // The x, to the left, of the direction to the front; 12 numbers come before.
      assertThat(left.observations().values().floats()[12]).isGreaterThan(0.02f);
      assertThat(right.observations().values().floats()[12]).isLessThan(-0.02f);
    }
  }
}
