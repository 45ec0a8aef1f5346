package org.bellmanrl.examples;

import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.bellmanrl.tabular.td.QLearning;

/** Learns to cross a frozen lake, and counts how often that works. */
public final class QuickStart {
  private QuickStart() {}

  /** Trains, judges and prints. */
  public static void main(String[] arguments) {
    Evaluation result = learn(42);
    System.out.printf(
        "reached the goal in %.0f %% of %d episodes, after %.1f steps%n",
        100 * result.meanReturn(), result.episodes(), result.meanLength());
  }

  /** Trains on the lake that isn't slippery, from a seed, and judges what was learned. */
  static Evaluation learn(long seed) {
    FrozenLake lake = new FrozenLake(FrozenLakeOptions.defaults().withSlippery(false));
    try (Trainer<?> trainer =
        Trainer.on(lake)
            .seed(seed)
            .budget(Budget.episodes(5_000))
            .build(context -> new QLearning(context, QLearning.defaults()))) {
      trainer.run();
      return Evaluation.of(lake, trainer.learner().policy(), Evaluation.Plan.episodes(100));
    }
  }
}
