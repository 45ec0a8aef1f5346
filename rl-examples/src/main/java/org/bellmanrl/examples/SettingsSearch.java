package org.bellmanrl.examples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.env.toytext.Taxi;
import org.bellmanrl.env.toytext.TaxiOptions;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.tabular.TabularCatalogue;
import org.bellmanrl.tune.Sampler;
import org.bellmanrl.tune.SearchSpace;
import org.bellmanrl.tune.Trial;
import org.jspecify.annotations.Nullable;

/** Searches for the step size and the exploration of Q-learning in a taxi, without run folders. */
public final class SettingsSearch {
  private static final LearnerEntry Q_LEARNING =
      Registry.of(new TabularCatalogue()).get(LearnerEntry.class, "q-learning");

  private static final String SPACE =
      """
      parameters:
        step_size: log:0.01:1
        final_epsilon: log:0.001:0.2
      options:
        epsilon: "linear:1:{final_epsilon}:50%"
      """;

  private SettingsSearch() {}

  /** Searches and prints. */
  public static void main(String[] arguments) {
    Trial best = search(30, 42);
    System.out.printf("mean return %.2f with %s%n", best.result(), best.parameters());
  }

  /** Trains with one choice of settings after the other, and returns the best. */
  static Trial search(int count, long seed) {
    SearchSpace space = SearchSpace.of(Document.parse("the search space", SPACE));
    Sampler sampler = Sampler.of("tpe", space, i -> RandomStream.ofSeed(seed, 1, i));
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] point = sampler.suggest(i, trials, List.of(), RandomStream.ofSeed(seed, 0, i));
      Trial trial = Trial.begin(i, space.values(point));
      double meanReturn = learn(space.options(trial.parameters()), seed).meanReturn();
      trials.add(trial.with(meanReturn).ended(Trial.State.COMPLETE, "", 0));
    }
    return Collections.max(trials, Comparator.comparingDouble(Trial::result));
  }

  /** Trains with some settings, and evaluates the policy. */
  static Evaluation learn(Map<String, ? extends @Nullable Object> settings, long seed) {
    Taxi taxi = new Taxi(TaxiOptions.defaults());
    try (Trainer<?> trainer =
        Trainer.on(taxi)
            .seed(seed)
            .budget(Budget.steps(20_000))
            .build(context -> Q_LEARNING.create(context, settings))) {
      trainer.run();
      return Evaluation.of(taxi, trainer.learner().policy(), Evaluation.Plan.episodes(100));
    }
  }
}
