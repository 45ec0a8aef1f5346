package com.example.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bellmanrl.api.Policy;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferentialQLearningTest {
  private static final int STEPS = 2000;

  private static TwoLaneDrive drive() {
    return new TwoLaneDrive(TwoLaneDriveOptions.defaults());
  }

  /** Reward per step. */
  private static double rate(Policy policy) {
    return Evaluation.of(drive(), policy, Evaluation.Plan.episodes(20).withMaxEpisodeSteps(STEPS))
            .meanReturn()
        / STEPS;
  }

  /** Following the cars of the left lane earns 2 a step, and overtaking earns more. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void train_drive_earnsMoreThanFollowing(long seed) {
    try (Trainer<?> trainer =
        Trainer.on(drive())
            .seed(seed)
            .budget(Budget.steps(200_000))
            .build(context ->
                new DifferentialQLearning(context, DifferentialQLearning.Config.defaults()))) {
      double before = rate(trainer.learner().policy());
      trainer.run();
      double after = rate(trainer.learner().policy());

      assertTrue(after > 2, "earned " + after + " a step");
      assertTrue(after > before + 1, "earned " + before + " before and " + after + " after");
    }
  }

  /** One action, one state, the same reward always: R̄ must approach it, and Q(s) stay finite. */
  @Test
  void observe_constantReward_isTheRewardRate() {
    try (Trainer<?> trainer =
        Trainer.on(new ConstantReward(2.5))
            .budget(Budget.steps(20_000))
            .build(context ->
                new DifferentialQLearning(context, DifferentialQLearning.Config.defaults()))) {
      trainer.run();

      assertEquals(2.5, ((DifferentialQLearning) trainer.learner()).rewardRate(), 1e-9);
    }
  }
}
