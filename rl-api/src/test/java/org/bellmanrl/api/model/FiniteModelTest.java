package org.bellmanrl.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FiniteModelTest {

  @Test
  void build_outcomesInAnyOrder_keepsThemByPairAndInOrderWithin() {
    FiniteModel model =
        FiniteModel.builder(2, 2)
            .initial(0, 1)
            .add(1, 1, 1, 1, 0, true)
            .add(0, 0, 0.25, 1, 5, false)
            .add(0, 1, 1, 0, -1, false)
            .add(0, 0, 0.75, 0, 2, false)
            .add(0, 0, 0, 1, 7, false)
            .add(1, 0, 1, 1, 0, true)
            .build();
    int from = model.from(0, 0);
    assertThat(model.to(0, 0) - from).isEqualTo(2);
    assertThat(model.outcomes()).isEqualTo(5);
    assertThat(model.probability(from)).isEqualTo(0.25);
    assertThat(model.next(from)).isEqualTo(1);
    assertThat(model.reward(from + 1)).isEqualTo(2);
    assertThat(model.terminated(model.from(1, 1))).isTrue();
    assertThat(model.initial(0)).isEqualTo(1);
  }

  @Test
  void build_probabilitiesDontSumToOne_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            FiniteModel.builder(1, 2)
                .initial(0, 1)
                .add(0, 0, 1, 0, 0, false)
                .add(0, 1, 0.5, 0, 0, false)
                .build())
        .withMessage("probabilities of state 0, action 1 must sum to 1, summed to 0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FiniteModel.builder(1, 1).add(0, 0, 1, 0, 0, false).build())
        .withMessage("initial probabilities must sum to 1, summed to 0.0");
  }

  @Test
  void add_outOfRange_isRefused() {
    FiniteModel.Builder builder = FiniteModel.builder(2, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(0, 0, 1, 2, 0, false))
        .withMessage("next state must be in [0, 2), was 2");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(0, 0, 1.5, 1, 0, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(0, 0, 1, 1, Double.NaN, false));
  }

  @Test
  void builder_morePairsThanAnArrayHolds_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FiniteModel.builder(1 << 16, 1 << 16))
        .withMessageContaining("had 65536 times 65536");
  }
}
