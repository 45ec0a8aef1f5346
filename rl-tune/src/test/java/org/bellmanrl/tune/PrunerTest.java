package org.bellmanrl.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrunerTest {

  /** Trials that ended with some results after the first part of their training. */
  private static List<Trial> ended(double... firstResults) {
    List<Trial> trials = new ArrayList<>();
    for (double result : firstResults) {
      trials.add(
          Trial.begin(trials.size(), Map.of()).with(result).ended(Trial.State.PRUNED, "", 0));
    }
    return trials;
  }

  @Test
  void none_hasOnePartAndEndsNothing() {
    assertThat(Pruner.none().parts()).containsExactly(1.0);
    assertThat(Pruner.none().ends(List.of(-1e9), ended(1, 2, 3, 4, 5, 6))).isFalse();
  }

  @Test
  void median_endsWhatIsBelowIt() {
    Pruner median = Pruner.median();
    List<Trial> others = ended(5, 1, 4, 2, 3);
    assertThat(median.ends(List.of(2.9), others)).isTrue();
    assertThat(median.ends(List.of(3.0), others)).isFalse();
    assertThat(median.ends(List.of(-9.0), ended(1, 2, 3, 4))).as("too few").isFalse();
    // What counts is the best so far, and the others after as much training.
    assertThat(median.ends(List.of(9.0, 0.0), List.of())).isFalse();
    assertThat(median.ends(List.of(0.0, 9.0), others)).isFalse();
  }

  @Test
  void median_ofAnEvenNumber_isBetweenTheMiddleOnes() {
    List<Trial> others = ended(1, 2, 3, 4, 5, 6);
    assertThat(Pruner.median().ends(List.of(3.4), others)).isTrue();
    assertThat(Pruner.median().ends(List.of(3.5), others)).isFalse();
  }

  @Test
  void halving_letsTheBestThirdGoOn() {
    Pruner halving = Pruner.halving();
    assertThat(halving.parts()).hasSize(3).endsWith(1.0);
    assertThat(halving.ends(List.of(0.0), List.of())).as("the first").isFalse();
    assertThat(halving.ends(List.of(0.0), ended(1))).isTrue();
    assertThat(halving.ends(List.of(2.0), ended(1))).isFalse();
    // One of six goes on as the second best of six, but not as the third.
    assertThat(halving.ends(List.of(4.5), ended(1, 2, 3, 4, 5))).isFalse();
    assertThat(halving.ends(List.of(3.5), ended(1, 2, 3, 4, 5))).isTrue();
  }
}
