package com.example.drive;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.junit.jupiter.api.Test;

class DeepQLearningTest {

  /** Under random actions, the pole stands for 22 steps on average. */
  @Test
  void train_cartPole_holdsThePole() {
    try (Trainer<DeepQLearning> trainer =
        Trainer.on(new CartPole(CartPoleOptions.defaults()))
            .seed(0)
            .budget(Budget.steps(5_000))
            .build(context -> new DeepQLearning(context, DeepQLearning.defaults()))) {
      trainer.run();
      Evaluation result =
          Evaluation.of(
              new CartPole(CartPoleOptions.defaults()),
              trainer.learner().policy(),
              Evaluation.Plan.episodes(20));

      assertTrue(result.meanReturn() > 66, "stood for " + result.meanReturn() + " steps");
    }
  }
}
