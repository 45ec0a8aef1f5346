package com.example.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.junit.jupiter.api.Test;

class StreakTest {
  private static Trainer<?> training(Streak streak) {
    return Trainer.on(new Signpost(1))
        .budget(Budget.steps(2_000))
        .listener(streak)
        .build(
            context -> new DifferentialQLearning(context, DifferentialQLearning.Config.defaults()));
  }

  @Test
  void run_everyEpisodeGood_stopsAfterSoMany() {
    try (Trainer<?> trainer = training(new Streak(new Streak.Options(4, -100)))) {
      assertEquals(Trainer.StopReason.LISTENER, trainer.run());
      assertEquals(4, trainer.progress().episodes());
    }
  }

  @Test
  void run_noEpisodeGood_usesTheBudgetUp() {
    try (Trainer<?> trainer = training(new Streak(new Streak.Options(1, 100)))) {
      assertEquals(Trainer.StopReason.BUDGET, trainer.run());
    }
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Streak.Options(0, 1));
  }
}
