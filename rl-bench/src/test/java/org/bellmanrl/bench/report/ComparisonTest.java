package org.bellmanrl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final BenchReport BASE = Sample.report("A", 150e6, 3e-6);

  private static Comparison compared(BenchReport now) {
    return Comparison.of(BASE, now, Comparison.TOLERANCE);
  }

  @Test
  void sameFigures_nothingChanged() {
    Comparison same = compared(BASE);

    assertThat(same.compared()).isEqualTo(3);
    assertThat(same.slower()).isEmpty();
    assertThat(same.faster()).isEmpty();
    assertThat(same.notes()).isEmpty();
  }

  @Test
  void slowerThanItsLimit_isNamedWithBothRatios() {
    Comparison slower = compared(Sample.report("A", 120e6, 3e-6));

    assertThat(slower.slower())
        .containsExactly(
            Sample.LEARNER + ": 20.0 % slower (ratio to bareLoop 0.750 ± 0.011 → 0.600 ± 0.008)");
    assertThat(slower.faster()).isEmpty();
    assertThat(slower.text()).contains("3 figures compared: 1 slower, 0 faster");
  }

  @Test
  void takingMoreTime_isSlower() {
    assertThat(compared(Sample.report("A", 150e6, 4e-6)).slower())
        .containsExactly(
            "QUpdateBenchmark.alone[batch=1,table=500x6]: 25.0 % slower"
                + " (3.00 ± 0.03 µs → 4.00 ± 0.04 µs)");
    assertThat(compared(Sample.report("A", 150e6, 2e-6)).faster()).hasSize(1);
  }

  @Test
  void withinTheTolerance_isNoChange() {
    BenchReport alittle = Sample.report("A", 144e6, 3e-6);

    assertThat(compared(alittle).slower()).isEmpty();
    assertThat(Comparison.of(BASE, alittle, 0).slower()).hasSize(1);
  }

  @Test
  void overlappingIntervals_areNoChange() {
    Figure limit = Sample.figure("bareLoop", Figure.RATE, 200e6, 2e6);
    Figure vague = Sample.figure("learner", Figure.RATE, 110e6, 45e6).against(limit);
    BenchReport now =
        new BenchReport(BASE.created(), "quick", "x", BASE.machine(), List.of(limit, vague));

    assertThat(compared(now).slower()).isEmpty();
  }

  @Test
  void fasterMachine_isComparedByRatiosOnly() {
    Comparison other = compared(Sample.report("B", 100e6, 9e-6));

    assertThat(other.slower()).singleElement().asString().startsWith(Sample.LEARNER);
    assertThat(other.notes())
        .containsExactly(
            "QUpdateBenchmark.alone[batch=1,table=500x6]: has no limit, and the processors differ",
            "QUpdateBenchmark.once[batch=1,table=500x6]: has no limit, and the processors differ");
  }

  @Test
  void onlyInOneReport_isNoted() {
    BenchReport empty = new BenchReport(BASE.created(), "quick", "x", BASE.machine(), List.of());

    assertThat(compared(empty).notes())
        .hasSize(3)
        .allMatch(line -> line.contains("not in the new"));
    assertThat(Comparison.of(empty, BASE, 0).notes()).hasSize(3).allMatch(l -> l.endsWith("new"));
  }
}
