package org.bellmanrl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int CALLS = 1_000;

  private final double[] kept = new double[2];
  private double[] escaped = kept;
  private int rounds;

  /** Two numbers that interpreted code puts on the heap and compiled code need not. */
  private record Pair(double first, double second) {
    double sum() {
      return first + second;
    }
  }

  private long round(Runnable call) {
    rounds++;
    long before = Allocation.bytes();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return Allocation.bytes() - before;
  }

  @Test
  void settled_ofCallsThatNeverAllocate_isOverAfterOneRound() {
    double bytes = Allocation.settled(CALLS, () -> round(() -> kept[0]++));

    assertThat(bytes).isLessThan(Allocation.LIMIT);
    assertThat(rounds).isOne();
  }

  @Test
  void settled_ofCallsThatAllocateForEver_isOverAndSaysHowMuch() {
    double bytes = Allocation.settled(CALLS, () -> round(() -> escaped = new double[] {1, 2}));

    assertThat(bytes).isBetween(32.0, 33.0);
    assertThat(escaped).isNotSameAs(kept);
  }

  /** Rounds are short here, so that nothing is compiled during the first. */
  @Test
  void settled_ofCallsThatAllocateUntilCompiled_waitsForTheCompilers() {
    double bytes =
        Allocation.settled(CALLS, () -> round(() -> kept[1] = new Pair(kept[0], kept[1]).sum()));

    assertThat(bytes).isLessThan(Allocation.LIMIT);
    assertThat(rounds).isGreaterThan(1);
  }

  /** However short the rounds are, calls are made until the compilers have no reason left. */
  @Test
  void settled_withShortRounds_waitsForTheCompilersAsLong() {
    double bytes =
        Allocation.settled(
            10,
            () -> {
              long before = Allocation.bytes();
              for (int i = 0; i < 10; i++) {
                kept[1] = new Pair(kept[0], kept[1]).sum();
              }
              return Allocation.bytes() - before;
            });

    assertThat(bytes).isLessThan(Allocation.LIMIT);
  }
}
