package org.bellmanrl.tabular.montecarlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.tabular.Entries;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.testkit.Corridor;
import org.junit.jupiter.api.Test;

final class OffPolicyMonteCarloTest {
  private final EnvironmentSpec spec = Tasks.chain();

  private static OffPolicyMonteCarloPrediction.Config config(
      Weighting weighting, double gamma, List<Double> target) {
    return new OffPolicyMonteCarloPrediction.Config(
        weighting, MonteCarloConfig.defaults().withGamma(gamma), target, List.of());
  }

  private OffPolicyMonteCarloPrediction judge(Weighting weighting) {
    return (OffPolicyMonteCarloPrediction)
        Entries.learner("off-policy-monte-carlo-prediction")
            .create(Tasks.context(spec, 1), config(weighting, 0.5, List.of(0.75, 0.25)));
  }

  /**
   * Two episodes. The ratios are 3/2 for action 0 and 1/2 for action 1: the first pays 4 and 8,
   * with 3/2 and 1/2; the second 2 at once, with 3/2.
   */
  private void learn(OffPolicyMonteCarloPrediction learner) {
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 4, 1).first(0).to(learner);
    steps.step(0, 1, 1, 8, 2).terminated(0).to(learner);
    steps.step(0, 0, 0, 2, 2).first(0).terminated(0).to(learner);
  }

  @Test
  void prediction_ordinary_averagesWeightedReturns() {
    OffPolicyMonteCarloPrediction learner = judge(Weighting.ORDINARY);
    learn(learner);
    assertThat(learner.table().get(1)).isEqualTo(0.5 * 8);
    assertThat(learner.table().get(0)).isEqualTo((0.75 * 8 + 1.5 * 2) / 2);
  }

  @Test
  void prediction_weighted_dividesByTheWeights() {
    OffPolicyMonteCarloPrediction learner = judge(Weighting.WEIGHTED);
    learn(learner);
    assertThat(learner.table().get(1)).isEqualTo(8);
    assertThat(learner.table().get(0)).isCloseTo((0.75 * 8 + 1.5 * 2) / 2.25, within(1e-12));
  }

  @Test
  void prediction_perDecision_weightsRewardsByWhatLedToThem() {
    OffPolicyMonteCarloPrediction learner = judge(Weighting.PER_DECISION);
    learn(learner);
    assertThat(learner.table().get(1)).isEqualTo(0.5 * 8);
    assertThat(learner.table().get(0)).isEqualTo((1.5 * (4 + 0.5 * 0.5 * 8) + 1.5 * 2) / 2);
  }

  @Test
  void prediction_impossibleForTheTarget_tellsTheWeightedNothing() {
    OffPolicyMonteCarloPrediction learner =
        (OffPolicyMonteCarloPrediction)
            Entries.learner("off-policy-monte-carlo-prediction")
                .create(Tasks.context(spec, 1), config(Weighting.WEIGHTED, 1, List.of(1.0, 0.0)));
    new Steps(spec, 1).step(0, 0, 1, 5, 2).first(0).terminated(0).to(learner);
    assertThat(learner.table().get(0)).isZero();
  }

  /** On the random walk with wind, all three find what dynamic programming says of the target. */
  @Test
  void prediction_corridor_findsTheValuesOfTheTarget() {
    Corridor corridor = new Corridor(4);
    double[] exact = values(corridor, 0.75);
    for (Weighting weighting : Weighting.values()) {
      try (Trainer<?> trainer =
          Trainer.on(corridor)
              .seed(3)
              .budget(Budget.episodes(20_000))
              .build(context ->
                  Entries.learner("off-policy-monte-carlo-prediction")
                      .create(context, config(weighting, 0.9, List.of(0.25, 0.75))))) {
        trainer.run();
        OffPolicyMonteCarloPrediction learner = (OffPolicyMonteCarloPrediction) trainer.learner();
        assertThat(learner.table().get(2)).as("%s", weighting).isCloseTo(exact[2], within(0.05));
        assertThat(learner.table().get(3)).as("%s", weighting).isCloseTo(exact[3], within(0.05));
      }
    }
  }

  /** The corridor's values with γ = 0.9 if action 1 is taken with a probability. */
  private static double[] values(Corridor corridor, double right) {
    var model = corridor.model();
    double[] v = new double[model.states()];
    for (int sweep = 0; sweep < 2000; sweep++) {
      for (int s = 0; s < v.length; s++) {
        double value = 0;
        for (int a = 0; a < 2; a++) {
          for (int i = model.from(s, a); i < model.to(s, a); i++) {
            double next = model.terminated(i) ? 0 : v[model.next(i)];
            value +=
                (a == 1 ? right : 1 - right)
                    * model.probability(i)
                    * (model.reward(i) + 0.9 * next);
          }
        }
        v[s] = value;
      }
    }
    return v;
  }

  /**
   * Example 5.5: one state; the left action comes back with probability 0.9 and else ends with 1,
   * the right one ends with nothing. The target always goes left, so the value is 1. Weighted
   * importance sampling says so from the first return on; the ordinary estimate has infinite
   * variance and is wrong after 20,000 episodes still.
   */
  @Test
  void prediction_infiniteVariance_ordinaryFailsAndWeightedIsRight() {
    int wrong = 0;
    for (int run = 0; run < 10; run++) {
      assertThat(loop(Weighting.WEIGHTED, run)).isEqualTo(1);
      wrong += Math.abs(loop(Weighting.ORDINARY, run) - 1) > 0.02 ? 1 : 0;
    }
    assertThat(wrong).isGreaterThanOrEqualTo(7);
  }

  private static double loop(Weighting weighting, int seed) {
    try (Trainer<?> trainer =
        Trainer.on(new Loop())
            .seed(seed)
            .budget(Budget.episodes(20_000))
            .build(context ->
                Entries.learner("off-policy-monte-carlo-prediction")
                    .create(context, config(weighting, 1, List.of(1.0, 0.0))))) {
      trainer.run();
      return ((OffPolicyMonteCarloPrediction) trainer.learner()).table().get(0);
    }
  }

  private static final class Loop implements Environment {
    private final EnvironmentSpec spec =
        EnvironmentSpec.of("Loop", new Discrete(1), new Discrete(2));

    @Override
    public EnvironmentSpec spec() {
      return spec;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      observation.setDiscrete(0);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      outcome.observation().setDiscrete(0);
      if (action.discrete() == 1) {
        outcome.terminate();
      } else if (random.random() < 0.1) {
        outcome.reward(1);
        outcome.terminate();
      }
    }
  }

  private OffPolicyMonteCarloControl control() {
    return new OffPolicyMonteCarloControl(
        Tasks.context(spec, 1),
        OffPolicyMonteCarloControl.Config.defaults()
            .withGamma(0.5)
            .withEpsilon(Schedule.constant(0.5)));
  }

  @Test
  void control_greedyTail_isWeightedByItsChances() {
    OffPolicyMonteCarloControl learner = control();
    learner.table().set(1, 1, 1);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 4, 1).first(0).to(learner);
    steps.step(0, 1, 1, 8, 2).terminated(0).to(learner);

    assertThat(learner.table().get(1, 1)).isEqualTo(8);
    assertThat(learner.table().get(0, 0)).isEqualTo(4 + 0.5 * 8);

    // Action 1 is greedy in state 1, with probability 3/4: the second return of (0, 1) weighs 4/3.
    steps.step(0, 0, 1, 0, 2).first(0).terminated(0).to(learner);
    steps.step(0, 0, 1, 0, 1).first(0).to(learner);
    steps.step(0, 1, 1, 8, 2).terminated(0).to(learner);
    assertThat(learner.table().get(0, 1)).isCloseTo(4.0 / 3 / (1 + 4.0 / 3) * 4, within(1e-12));
  }

  @Test
  void control_actionThatIsNotGreedy_endsTheTail() {
    OffPolicyMonteCarloControl learner = control();
    learner.table().set(1, 0, 100);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 4, 1).first(0).to(learner);
    steps.step(0, 1, 1, 8, 2).terminated(0).to(learner);

    assertThat(learner.table().get(1, 1)).isEqualTo(8);
    assertThat(learner.table().get(0, 0)).isZero();
  }

  @Test
  void control_corridor_findsTheBestActions() {
    try (Trainer<?> trainer =
        Trainer.on(new Corridor(6))
            .seed(1)
            .budget(Budget.episodes(5_000))
            .build(context ->
                new OffPolicyMonteCarloControl(
                    context, OffPolicyMonteCarloControl.Config.defaults()))) {
      trainer.run();
      OffPolicyMonteCarloControl learner = (OffPolicyMonteCarloControl) trainer.learner();
      for (int cell = 0; cell < 6; cell++) {
        assertThat(learner.table().get(cell, 1)).isGreaterThan(learner.table().get(cell, 0));
      }
    }
  }

  @Test
  void create_endlessEpisodes_areRefused() {
    EnvironmentSpec endless = spec.continuing();
    assertThatThrownBy(() ->
            new OffPolicyMonteCarloControl(
                Tasks.context(endless, 1), OffPolicyMonteCarloControl.Config.defaults()))
        .hasMessageContaining("learns at the end of an episode, but those of Chain have none");
    assertThatThrownBy(() ->
            new MonteCarloExploringStarts(
                Tasks.context(endless, 1), MonteCarloExploringStarts.Config.defaults()))
        .hasMessageContaining("set an episode limit");
    assertThatThrownBy(() ->
            Entries.learner("off-policy-monte-carlo-prediction")
                .create(Tasks.context(endless, 1), OffPolicyMonteCarloPrediction.Config.defaults()))
        .hasMessageContaining("off-policy-monte-carlo-prediction learns at the end");
  }

  @Test
  void create_probabilitiesThatDontSumToOne_areRefused() {
    assertThatThrownBy(() ->
            Entries.learner("off-policy-monte-carlo-prediction")
                .create(Tasks.context(spec, 1), config(Weighting.ORDINARY, 1, List.of(0.5, 0.6))))
        .hasMessageContaining("probabilities must have the sum 1, had 1.1");
  }
}
