package org.bellmanrl.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.junit.jupiter.api.Test;

class OutcomesTest {
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of("Some-v0", Box.of(-9, 9, 2), new Discrete(2)).withMask();

  private static Outcomes filled(EnvironmentSpec spec) {
    Outcomes outcomes = new Outcomes(spec, 3);
    outcomes.reward()[2] = 1.5;
    outcomes.discount()[2] = 0.25;
    outcomes.terminated()[2] = true;
    outcomes.truncated()[2] = true;
    outcomes.observations().values().floats()[5] = 7;
    outcomes.observations().mask()[4] = true;
    for (int i = 0; i < outcomes.diagnosticsWidth(); i++) {
      outcomes.diagnostics()[2 * outcomes.diagnosticsWidth() + i] = 10 + i;
    }
    return outcomes;
  }

  @Test
  void copyRow_anotherRow_everythingIsCopied() {
    EnvironmentSpec spec = SPEC.withDiagnostics("a", "b");
    Outcomes to = new Outcomes(spec, 2);
    to.copyRow(filled(spec), 2, 1);
    assertThat(to.reward()).containsExactly(0, 1.5);
    assertThat(to.discount()).containsExactly(1, 0.25);
    assertThat(to.terminated()).containsExactly(false, true);
    assertThat(to.truncated()).containsExactly(false, true);
    assertThat(to.diagnostics()).containsExactly(0, 0, 10, 11);
    assertThat(to.observations().values().floats()).containsExactly(0, 0, 0, 7);
    assertThat(to.observations().mask()[2]).isTrue();
  }

  @Test
  void changeReward_leavesWhatWasEarned() {
    Outcomes outcomes = filled(SPEC);
    assertThat(outcomes.earned(2)).isEqualTo(1.5);
    outcomes.changeReward(2, 3);
    outcomes.changeReward(2, 4);
    assertThat(outcomes.reward()).containsExactly(0, 0, 4);
    assertThat(outcomes.earned(2)).isEqualTo(1.5);
    assertThat(outcomes.earned(1)).isZero();

    Outcomes to = new Outcomes(SPEC, 2);
    to.copyRow(outcomes, 2, 1);
    to.copyRow(outcomes, 1, 0);
    assertThat(to.reward()).containsExactly(0, 4);
    assertThat(to.earned(0)).isZero();
    assertThat(to.earned(1)).isEqualTo(1.5);

    // What the next step pays is earned again: one row cleared alone, or all together.
    outcomes.clear(new Rows(3).only(2));
    outcomes.reward()[2] = 7;
    to.clear(Rows.all(2));
    to.reward()[1] = 8;
    assertThat(outcomes.earned(2)).isEqualTo(7);
    assertThat(to.earned(1)).isEqualTo(8);
  }

  @Test
  void addResults_addsDiscountedRewardsAndMultipliesDiscounts() {
    Outcomes outcomes = new Outcomes(SPEC, 3);
    outcomes.reward()[0] = 10;
    outcomes.changeReward(0, 2);
    outcomes.discount()[0] = 0.5;
    outcomes.addResults(filled(SPEC), 2, 0);
    assertThat(outcomes.reward()[0]).isEqualTo(2 + 0.5 * 1.5);
    assertThat(outcomes.earned(0)).isEqualTo(10 + 0.5 * 1.5);
    assertThat(outcomes.discount()[0]).isEqualTo(0.5 * 0.25);
    assertThat(outcomes.terminated()[0]).isTrue();

    Outcomes changed = filled(SPEC);
    changed.changeReward(2, 100);
    Outcomes fresh = new Outcomes(SPEC, 3);
    fresh.addResults(changed, 2, 1);
    assertThat(fresh.reward()[1]).isEqualTo(100);
    assertThat(fresh.earned(1)).isEqualTo(1.5);
  }

  @Test
  void copyResults_fewerDiagnostics_theFirstAreCopiedAndTheObservationIsNot() {
    Outcomes to = new Outcomes(SPEC.withDiagnostics("a", "more"), 2);
    to.copyResults(filled(SPEC.withDiagnostics("a")), 2, 1);
    assertThat(to.reward()).containsExactly(0, 1.5);
    assertThat(to.diagnostics()).containsExactly(0, 0, 10, 0);
    assertThat(to.observations().values().floats()).containsOnly(0);
  }
}
