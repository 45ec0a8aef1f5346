package org.bellmanrl.tabular.dp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bellmanrl.api.model.FiniteModel;
import org.junit.jupiter.api.Test;

final class PolicyEvaluationTest {
  private static PolicyEvaluation evaluated(FiniteModel model, PolicyTable policy, double gamma) {
    PolicyEvaluation evaluation =
        new PolicyEvaluation(model, policy, PolicyEvaluation.Config.of(gamma));
    evaluation.run();
    return evaluation;
  }

  @Test
  void run_bookGridAndRandomPolicy_givesTheBooksValues() {
    PolicyEvaluation evaluation = evaluated(Examples.grid(), PolicyTable.uniform(16, 4), 1);

    double[] figure = {0, -14, -20, -22, -14, -18, -20, -20, -20, -20, -18, -14, -22, -20, -14, 0};
    for (int s = 0; s < 16; s++) {
      assertThat(evaluation.value(s)).as("state %d", s).isCloseTo(figure[s], within(1e-8));
    }
    assertThat(evaluation.startValue()).isCloseTo(-22, within(1e-8));
    // Down from cell 11 is the terminal cell.
    assertThat(evaluation.value(11, 2)).isEqualTo(-1);
  }

  @Test
  void sweep_once_usesTheValuesAsTheyAre() {
    PolicyEvaluation evaluation =
        new PolicyEvaluation(
            Examples.grid(), PolicyTable.uniform(16, 4), PolicyEvaluation.Config.of(1));

    // A cell sees the change of the cells before it, not of those behind.
    evaluation.sweep();
    assertThat(evaluation.value(1)).isEqualTo(-1);
    assertThat(evaluation.value(2)).isEqualTo(-1.25);
    assertThat(evaluation.value(3)).isEqualTo(-1.3125);
  }

  @Test
  void run_geometric_matchesTheSeries() {
    // V = 0.5 (1 + γ V) + 0.5 * 2
    PolicyTable stay = PolicyTable.deterministic(new int[] {0}, 2);
    assertThat(evaluated(Examples.geometric(), stay, 1).value(0)).isCloseTo(3, within(1e-9));
    assertThat(evaluated(Examples.geometric(), stay, 0.5).value(0)).isCloseTo(2, within(1e-9));
    PolicyTable mixed = PolicyTable.of(1, 2, 0.25, 0.75);
    // V = 0.25 (1.5 + 0.5 V) + 0.75 * 1.2
    assertThat(evaluated(Examples.geometric(), mixed, 1).value(0))
        .isCloseTo(1.275 / 0.875, within(1e-9));
  }

  @Test
  void create_noEndWithinReach_isRefusedWithTheState() {
    PolicyTable only = PolicyTable.uniform(2, 1);
    assertThatThrownBy(() -> evaluated(Examples.endless(), only, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from state 1 the policy never leads to one")
        .hasMessageContaining("pays -1.0");
    assertThat(evaluated(Examples.endless(), only, 0.5).value(1)).isCloseTo(-2, within(1e-9));

    PolicyTable stay = PolicyTable.deterministic(new int[] {0}, 2);
    assertThatThrownBy(() -> evaluated(Examples.fountain(), stay, 1))
        .hasMessageContaining("from state 0 the policy never leads to one");
  }

  @Test
  void create_policyOfAnotherModel_isRefused() {
    assertThatThrownBy(() -> evaluated(Examples.grid(), PolicyTable.uniform(16, 2), 1))
        .hasMessage(
            "a policy of 16 states and 2 actions does not fit a model of 16 states and 4 actions");
  }

  @Test
  void config_outOfRange_isRefused() {
    assertThatThrownBy(() -> PolicyEvaluation.Config.of(1.01))
        .hasMessage("gamma must be in [0, 1], was 1.01");
    assertThatThrownBy(() -> new PolicyEvaluation.Config(1, 0, 10))
        .hasMessage("tolerance must be above 0, was 0.0");
    assertThatThrownBy(() -> new PolicyEvaluation.Config(1, 0.1, 0))
        .hasMessage("max_sweeps must be at least 1, was 0");
  }

  @Test
  void run_tooFewSweeps_saysHowFarItCame() {
    PolicyEvaluation evaluation =
        new PolicyEvaluation(
            Examples.grid(), PolicyTable.uniform(16, 4), new PolicyEvaluation.Config(1, 1e-9, 1));
    assertThatThrownBy(evaluation::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has not settled after 1 sweeps");
  }

  @Test
  void policyTable_wrongProbabilities_areRefused() {
    assertThatThrownBy(() -> PolicyTable.of(2, 2, 1, 0, 0.5, 0.4))
        .hasMessage("probabilities of state 1 must sum to 1, summed to 0.9");
    assertThatThrownBy(() -> PolicyTable.of(1, 2, 1.5, -0.5))
        .hasMessage("probability of state 0, action 0 must be in [0, 1], was 1.5");
    assertThatThrownBy(() -> PolicyTable.of(2, 2, 1, 0)).hasMessageContaining("was given 2");
    assertThatThrownBy(() -> PolicyTable.deterministic(new int[] {0, 2}, 2))
        .hasMessage("action of state 1 must be in [0, 2), was 2");
  }

  @Test
  void occupancy_geometricAndGrid_areKnown() {
    PolicyTable stay = PolicyTable.deterministic(new int[] {0}, 2);
    assertThat(new Occupancy(Examples.geometric(), stay, 1).visits(0)).isCloseTo(2, within(1e-12));
    assertThat(new Occupancy(Examples.geometric(), stay, 0.5).steps())
        .isCloseTo(4.0 / 3, within(1e-12));
    // −1 per step: the value of the start is minus the length of an episode.
    Occupancy walk = new Occupancy(Examples.grid(), PolicyTable.uniform(16, 4), 1);
    assertThat(walk.steps()).isCloseTo(22, within(1e-9));
    assertThat(walk.visits(3, 1)).isCloseTo(walk.visits(3) / 4, within(1e-12));
    assertThatThrownBy(() ->
            new Occupancy(Examples.fountain(), PolicyTable.deterministic(new int[] {0}, 2), 1))
        .hasMessageContaining("comes to state 0 and never to an end");
  }

  @Test
  void policyReturn_geometric_hasTheVarianceOfTheNumberOfStays() {
    PolicyTable stay = PolicyTable.deterministic(new int[] {0}, 2);
    PolicyReturn free = new PolicyReturn(Examples.geometric(), stay, PolicyEvaluation.Config.of(1));
    assertThat(free.mean()).isCloseTo(3, within(1e-9));
    // 2 + number of tails before the first head, whose variance is (1 − p) / p².
    assertThat(free.variance()).isCloseTo(2, within(1e-8));
    // With γ = 1/2 the return is 2 whatever happens: 1 + 1/2 + ... + 2 / 2^n.
    PolicyReturn halved =
        new PolicyReturn(Examples.geometric(), stay, PolicyEvaluation.Config.of(0.5));
    assertThat(halved.mean(0)).isCloseTo(2, within(1e-9));
    assertThat(halved.variance(0)).isCloseTo(0, within(1e-9));
  }

  @Test
  void policyReturn_severalStarts_countsWhereItBegan() {
    FiniteModel model =
        FiniteModel.builder(2, 1)
            .initial(0, 0.5)
            .initial(1, 0.5)
            .add(0, 0, 1, 0, 0, true)
            .add(1, 0, 1, 1, 2, true)
            .build();
    PolicyReturn result =
        new PolicyReturn(model, PolicyTable.uniform(2, 1), PolicyEvaluation.Config.of(1));
    assertThat(result.mean()).isEqualTo(1);
    assertThat(result.variance()).isEqualTo(1);
  }
}
