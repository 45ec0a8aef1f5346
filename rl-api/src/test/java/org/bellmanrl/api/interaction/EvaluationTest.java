package org.bellmanrl.api.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static Evaluation evaluate(int rows, Evaluation.Plan plan) {
    Environment[] environments = new Environment[rows];
    for (int row = 0; row < rows; row++) {
      environments[row] = new Corridor(4, 0);
    }
    return Evaluation.of(VectorEnvironment.of(environments), new CoinPolicy(), plan);
  }

  @Test
  void evaluate_anyNumberOfRows_givesTheSameEpisodes() {
    Evaluation.Plan plan = Evaluation.Plan.episodes(50).withSeed(3);
    Evaluation one = evaluate(1, plan);
    Evaluation seven = evaluate(7, plan);
    assertThat(seven.returns()).containsExactly(one.returns());
    assertThat(Arrays.stream(one.returns()).distinct().count()).isGreaterThan(3);
    assertThat(one.terminated()).isEqualTo(50);
  }

  @Test
  void evaluate_givenSeeds_playEpisodesOfThoseSeeds() {
    List<Long> seeds = List.of(5L, 6L, 5L);
    Evaluation evaluation = evaluate(2, Evaluation.Plan.seeds(seeds));
    Simulation simulation = new Simulation(new Corridor(4, 0));
    for (int i = 0; i < seeds.size(); i++) {
      simulation.reset(seeds.get(i));
      int shortest = 4 - simulation.observation().discrete();
      assertThat(evaluation.length(i)).isGreaterThanOrEqualTo(shortest);
    }
  }

  @Test
  void evaluate_policyThatNeverEnds_isCut() {
    Evaluation evaluation =
        Evaluation.of(
            new Corridor(1_000_000, 0),
            new CoinPolicy(),
            Evaluation.Plan.episodes(2).withMaxEpisodeSteps(1000));
    assertThat(evaluation.length(0)).isEqualTo(1000);
    assertThat(evaluation.meanReturn()).isEqualTo(-1000);
    assertThat(evaluation.terminated()).isZero();
  }

  @Test
  void evaluation_statistics_areOfThePopulation() {
    Evaluation evaluation = new Evaluation(new double[] {1, 2, 3, 6}, new long[] {1, 2, 3, 4}, 4);
    assertThat(evaluation.meanReturn()).isEqualTo(3);
    assertThat(evaluation.stdReturn()).isEqualTo(Math.sqrt(14.0 / 4));
    assertThat(evaluation.meanLength()).isEqualTo(2.5);
  }

  @Test
  void plan_seedsNotOnePerEpisode_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Evaluation.Plan(3, 0, List.of(1L), 10))
        .withMessage("seeds must be one per episode, were 1 for 3 episodes");
  }
}
