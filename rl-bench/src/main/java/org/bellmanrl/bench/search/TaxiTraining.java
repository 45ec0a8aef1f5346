package org.bellmanrl.bench.search;

import java.util.Map;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.env.toytext.Taxi;
import org.bellmanrl.env.toytext.TaxiOptions;
import org.bellmanrl.tabular.TabularCatalogue;

/** Q-learning on Taxi-v4, for as long as leaves a difference between good settings and others. */
final class TaxiTraining {
  private static final int STEPS = 20_000;
  private static final int EPISODES = 50;
  private static final LearnerEntry Q_LEARNING =
      Registry.of(new TabularCatalogue()).get(LearnerEntry.class, "q-learning");

  private TaxiTraining() {}

  /**
   * Trains from several seeds.
   *
   * @param x step size, discount, last ε, and the percentage of the training until it
   * @return the mean return of the greedy policies
   */
  static double meanReturn(double[] x, long firstSeed, int seeds) {
    Map<String, Object> options =
        Map.of("step_size", x[0], "gamma", x[1], "epsilon", "linear:1:" + x[2] + ":" + x[3] + "%");
    double sum = 0;
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      try (Trainer<?> trainer =
          Trainer.on(taxi())
              .seed(seed)
              .budget(Budget.steps(STEPS))
              .build(context -> Q_LEARNING.create(context, options))) {
        trainer.run();
        sum +=
            Evaluation.of(
                    taxi(),
                    trainer.learner().policy(),
                    Evaluation.Plan.episodes(EPISODES).withSeed(seed))
                .meanReturn();
      }
    }
    return sum / seeds;
  }

  private static Taxi taxi() {
    return new Taxi(TaxiOptions.defaults());
  }
}
