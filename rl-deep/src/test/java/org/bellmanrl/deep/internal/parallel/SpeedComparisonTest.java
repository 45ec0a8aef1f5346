package org.bellmanrl.deep.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which way is taken depends on what both took. */
class SpeedComparisonTest {
  private static final int MANY = 20_000;

  /** A trial of one way or the other takes a thirtieth of the pieces, and the first comes late. */
  private static final double MOSTLY = 1 - 1.0 / 32 - 1_024.0 / MANY;

  private final SpeedComparison comparison = new SpeedComparison();

  @Test
  void divides_ifThatIsFaster() {
    assertThat(divided(MANY, 100, 60)).isGreaterThan(MOSTLY);
  }

  @Test
  void staysAlone_ifDividingIsSlowerOrHardlyFaster() {
    assertThat(divided(MANY, 100, 300)).isLessThan(1 - MOSTLY);
    assertThat(divided(MANY, 100, 95)).isLessThan(1 - MOSTLY);
  }

  @Test
  void changesItsMind_whenTheCoresAreTakenAndWhenTheyAreFreeAgain() {
    assertThat(divided(MANY, 100, 60)).isGreaterThan(MOSTLY);
    assertThat(divided(MANY, 100, 150)).isLessThan(1 - MOSTLY);
    assertThat(divided(MANY, 100, 60)).isGreaterThan(MOSTLY);
  }

  @Test
  void retreats_atOnceWhenTheSecondThreadIsHeldUp() {
    divided(MANY, 100, 60);
    assertThat(divided(200, 100, 100_000)).isLessThan(0.3);
  }

  @Test
  void comparesWorkOfAllSizesByItsAmount() {
    long divided = 0;
    for (int i = 0; i < MANY; i++) {
      long work = i % 2 == 0 ? 10 : 1_000;
      boolean divides = comparison.divides();
      divided += divides ? 1 : 0;
      comparison.took(work * (divides ? 6 : 10), work);
    }
    assertThat(divided / (double) MANY).isGreaterThan(MOSTLY);
  }

  /** The part of pieces that are divided, if they take so long alone and so long divided. */
  private double divided(int pieces, long alone, long divided) {
    int count = 0;
    for (int i = 0; i < pieces; i++) {
      boolean divides = comparison.divides();
      count += divides ? 1 : 0;
      comparison.took(divides ? divided : alone, 1);
    }
    return count / (double) pieces;
  }
}
