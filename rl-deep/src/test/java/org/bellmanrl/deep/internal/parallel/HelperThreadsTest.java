package org.bellmanrl.deep.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Each helper has one master at a time. */
class HelperThreadsTest {
  @Test
  void claim_takesAsManyAsAreWantedAndFree() {
    HelperThreads helpers = new HelperThreads(3);
    assertThat(helpers.claim(0)).isZero();
    assertThat(helpers.claim(2)).isEqualTo(0b011);
    assertThat(helpers.claim(2)).isEqualTo(0b100);
    assertThat(helpers.claim(2)).isZero();
    helpers.release(0b010);
    assertThat(helpers.claim(5)).isEqualTo(0b010);
    assertThat(new HelperThreads(0).claim(1)).isZero();
  }

  @Test
  void severalThreads_neverHaveTheSameHelper() throws Exception {
    HelperThreads helpers = new HelperThreads(3);
    int[] used = new int[3];
    int each = 20_000;
    List<Future<Long>> counts = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        counts.add(
            threads.submit(() -> {
              long count = 0;
              for (int k = 0; k < each; k++) {
                long claimed = helpers.claim(2);
                for (long rest = claimed; rest != 0; rest &= rest - 1) {
                  used[Long.numberOfTrailingZeros(rest)]++;
                  count++;
                }
                helpers.release(claimed);
              }
              return count;
            }));
      }
      long all = 0;
      for (Future<Long> count : counts) {
        all += count.get();
      }
      assertThat((long) used[0] + used[1] + used[2]).isEqualTo(all).isPositive();
    }
    assertThat(helpers.claim(3)).isEqualTo(0b111);
  }
}
