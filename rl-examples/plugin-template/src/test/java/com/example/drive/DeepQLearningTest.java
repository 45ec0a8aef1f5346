package com.example.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.junit.jupiter.api.Test;

class DeepQLearningTest {

  /** Four steps are the shortest way. */
  @Test
  void train_track_takesTheShortestWay() {
    try (Trainer<DeepQLearning> trainer =
        Trainer.on(new Track())
            .budget(Budget.steps(5_000))
            .build(context -> new DeepQLearning(context, DeepQLearning.defaults()))) {
      trainer.run();
      Evaluation result =
          Evaluation.of(new Track(), trainer.learner().policy(), Evaluation.Plan.episodes(20));

      assertEquals(1, result.meanReturn());
      assertEquals(4, result.meanLength());
    }
  }
}
