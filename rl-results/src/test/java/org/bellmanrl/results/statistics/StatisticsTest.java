package org.bellmanrl.results.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.bellmanrl.api.random.RandomStream;
import org.junit.jupiter.api.Test;

/**
 * The long numbers are those of SciPy 1.17 and NumPy 2.4 for the same scores: {@code trim_mean(x,
 * 0.25)}, {@code mannwhitneyu}, and for the intervals {@code percentile} over draws with {@code
 * Generator(PCG64(7)).integers}, which {@link RandomStream} repeats.
 */
class StatisticsTest {
  private static final double[] X = {
    143.0, 250.5, 165.2, 189.6, 197.0, 170.4, 145.3, 226.0, 214.4, 121.9, 293.9
  };
  private static final double[] Y = {249.4, 214.8, 248.0, 220.7, 228.8, 245.8, 204.9, 241.5, 258.0};
  private static final Bootstrap BOOTSTRAP = new Bootstrap(2000, 0.95, 7);
  private static final Offset<Double> CLOSE = within(1e-10);

  private static void assertInterval(Interval interval, double low, double high) {
    assertThat(interval.low()).isCloseTo(low, CLOSE);
    assertThat(interval.high()).isCloseTo(high, CLOSE);
  }

  @Test
  void mean_andDeviation() {
    assertThat(Estimates.mean(1, 2, 6)).isEqualTo(3);
    assertThat(Estimates.deviation(1, 3)).isEqualTo(1);
    assertThat(Estimates.mean(X)).isCloseTo(192.4727272727273, CLOSE);
    assertThat(Estimates.deviation(X)).isCloseTo(48.77836873244478, CLOSE);
  }

  @Test
  void median_isTheMiddle() {
    assertThat(Estimates.median(1, 5, 2)).isEqualTo(2);
    assertThat(Estimates.median(10, 1, 9, 2, 8, 3, 7, 4, 6, 500)).isEqualTo(6.5);
  }

  @Test
  void interquartileMean_leavesOutAQuarterAtEachEnd() {
    assertThat(Estimates.interquartileMean(100, 1, 2, 6)).isEqualTo(4);
    assertThat(Estimates.interquartileMean(9, 1, 2)).isEqualTo(4);
    assertThat(Estimates.interquartileMean(5)).isEqualTo(5);
    assertThat(Estimates.interquartileMean(-1e9, 7, 1, 2, 3, 4, 1e9, 8)).isEqualTo(4);
    assertThat(Estimates.interquartileMean(X)).isCloseTo(186.84285714285716, CLOSE);
    assertThat(Estimates.interquartileMean(Y)).isCloseTo(236.96, CLOSE);
  }

  @Test
  void interquartileMean_leavesTheScoresInTheirOrder() {
    double[] scores = {3, 1, 2, 0};
    Estimates.interquartileMean(scores);
    assertThat(scores).containsExactly(3, 1, 2, 0);
  }

  @Test
  void probabilityOfImprovement_countsTiesHalf() {
    // 1 beats none but 0, each 2 ties twice and beats 0, 3 beats all: 1 + 2 + 2 + 3 of 12.
    assertThat(
            Estimates.probabilityOfImprovement(new double[] {1, 2, 2, 3}, new double[] {2, 2, 0}))
        .isCloseTo(8 / 12.0, CLOSE);
    assertThat(Estimates.probabilityOfImprovement(X, X)).isEqualTo(0.5);
    assertThat(Estimates.probabilityOfImprovement(Y, X)).isCloseTo(0.7878787878787878, CLOSE);
    assertThat(Estimates.probabilityOfImprovement(X, Y)).isCloseTo(1 - 0.7878787878787878, CLOSE);
  }

  @Test
  void fractionAbove_isOfRunsStrictlyAbove() {
    assertThat(Estimates.fractionAbove(2, 1, 2, 3, 4)).isEqualTo(0.5);
    assertThat(Estimates.fractionAbove(0, 1, 2, 3, 4)).isEqualTo(1);
    assertThat(Estimates.fractionAbove(4, 1, 2, 3, 4)).isZero();
  }

  @Test
  void percentile_liesBetweenNeighbours() {
    double[] sorted = {1, 2, 4, 8};
    assertThat(Estimates.percentile(sorted, 0)).isEqualTo(1);
    assertThat(Estimates.percentile(sorted, 0.1)).isCloseTo(1.3, CLOSE);
    assertThat(Estimates.percentile(sorted, 0.5)).isEqualTo(3);
    assertThat(Estimates.percentile(sorted, 0.975)).isCloseTo(7.7, CLOSE);
    assertThat(Estimates.percentile(sorted, 1)).isEqualTo(8);
  }

  @Test
  void interval_ofOneKind_equalsNumPys() {
    assertInterval(BOOTSTRAP.interval(X, Estimates::mean), 165.41477272727275, 223.13113636363633);
    assertInterval(
        BOOTSTRAP.interval(X, Estimates::interquartileMean),
        158.57142857142858,
        223.64357142857142);
    assertThat(BOOTSTRAP.interval(X, Estimates::mean))
        .isEqualTo(BOOTSTRAP.interval(X, Estimates::mean))
        .isNotEqualTo(new Bootstrap(2000, 0.95, 8).interval(X, Estimates::mean));
  }

  @Test
  void interval_ofStrata_drawsWithinThem() {
    assertInterval(
        BOOTSTRAP.interval(List.of(X, Y), Estimates::interquartileMean), 197.78975, 234.991);
    // Strata without spread: whatever is drawn, each keeps its share.
    assertInterval(
        BOOTSTRAP.interval(
            List.of(new double[] {0, 0, 0}, new double[] {10, 10, 10}), Estimates::mean),
        5,
        5);
  }

  @Test
  void interval_ofAComparison_drawsBothSides() {
    assertInterval(
        BOOTSTRAP.interval(Y, X, Estimates::probabilityOfImprovement),
        0.5454545454545454,
        0.9797979797979798);
  }

  @Test
  void interval_withMoreConfidence_isWider() {
    Interval narrow = new Bootstrap(2000, 0.5, 7).interval(X, Estimates::mean);
    Interval wide = new Bootstrap(2000, 0.99, 7).interval(X, Estimates::mean);
    assertThat(wide.low()).isLessThan(narrow.low());
    assertThat(wide.high()).isGreaterThan(narrow.high());
  }

  @Test
  void interval_holdsTheTrueMeanAboutAsOftenAsItSays() {
    RandomStream random = RandomStream.ofSeed(3);
    Bootstrap bootstrap = new Bootstrap(500, 0.9, 0);
    int held = 0;
    for (int i = 0; i < 400; i++) {
      double[] scores = new double[30];
      random.fillStandardNormal(scores, 0, scores.length);
      Interval interval = bootstrap.interval(scores, Estimates::mean);
      held += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
    }
    // 90 % of 400 in expectation, a little fewer for 30 scores; the deviation of the count is 6.
    assertThat(held).isBetween(330, 385);
  }

  @Test
  void scores_thatAreNoNumbers_areRefused() {
    assertThatThrownBy(() -> Estimates.mean()).hasMessageContaining("at least one score");
    assertThatThrownBy(() -> Estimates.interquartileMean(1, Double.NaN))
        .hasMessageContaining("score 1 was NaN");
    assertThatThrownBy(() -> BOOTSTRAP.interval(new double[0], Estimates::mean))
        .hasMessageContaining("at least one score");
    assertThatThrownBy(() -> new Bootstrap(0, 0.95, 0)).hasMessageContaining("repetitions");
    assertThatThrownBy(() -> new Bootstrap(10, 1, 0)).hasMessageContaining("confidence");
    assertThatThrownBy(() -> new Bootstrap(10, 0.95, -1)).hasMessageContaining("seed");
  }
}
