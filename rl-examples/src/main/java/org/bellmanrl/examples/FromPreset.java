package org.bellmanrl.examples;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.lab.preset.Preset;
import org.bellmanrl.lab.preset.Presets;

/** Trains PPO on CartPole with the settings of RL Baselines3 Zoo. */
public final class FromPreset {
  private FromPreset() {}

  /** Trains for as long as the preset says, evaluates and prints. */
  public static void main(String[] arguments) {
    Preset preset = Presets.discover().find("ppo", "CartPole-v1").orElseThrow();
    Evaluation result = learn(preset, preset.budget(), 42);
    System.out.printf("mean return %.1f with %s%n", result.meanReturn(), preset.source());
  }

  /** Trains with the settings of a preset, and evaluates the policy. */
  static Evaluation learn(Preset preset, Budget budget, long seed) {
    VectorEnvironment environments = preset.environments();
    try (Trainer<?> trainer =
        Trainer.on(environments).seed(seed).budget(budget).build(preset::learner)) {
      trainer.run();
      try (VectorEnvironment evaluated = preset.evaluated(environments)) {
        return Evaluation.of(evaluated, trainer.learner().policy(), preset.evaluation());
      }
    }
  }
}
