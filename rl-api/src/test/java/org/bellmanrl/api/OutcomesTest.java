package org.bellmanrl.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
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
  void copyResults_fewerDiagnostics_theFirstAreCopiedAndTheObservationIsNot() {
    Outcomes to = new Outcomes(SPEC.withDiagnostics("a", "more"), 2);
    to.copyResults(filled(SPEC.withDiagnostics("a")), 2, 1);
    assertThat(to.reward()).containsExactly(0, 1.5);
    assertThat(to.diagnostics()).containsExactly(0, 0, 10, 0);
    assertThat(to.observations().values().floats()).containsOnly(0);
  }
}
