package org.bellmanrl.deep.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** All parts are done, whichever thread does them. */
class ParallelPartsTest {
  private static final long WORK = 1_000;
  private static final int HELPERS = 3;

  private final HelperThreads helpers = new HelperThreads(HELPERS);
  private final ParallelParts threads = new ParallelParts(WORK, helpers);
  private final AtomicInteger ones = new AtomicInteger();
  private final AtomicInteger others = new AtomicInteger();

  @Test
  void both_doesBothEveryTime() {
    for (int i = 1; i <= 5_000; i++) {
      threads.both(ones::incrementAndGet, others::incrementAndGet, WORK);
      assertThat(ones).hasValue(i);
      assertThat(others).hasValue(i);
    }
  }

  @Test
  void run_doesEachPartEveryTime() {
    int[] done = new int[HELPERS + 1];
    Runnable[] parts = new Runnable[done.length];
    Arrays.setAll(parts, part -> () -> done[part]++);
    for (int i = 1; i <= 5_000; i++) {
      assertThat(threads.claim(100 * WORK, 9)).isEqualTo(parts.length);
      threads.run(parts, 100 * WORK);
      assertThat(done).containsOnly(i);
    }
  }

  @Test
  void claim_asksForAsManyAsTheWorkIsWorth() {
    assertThat(threads.claim(WORK - 1, 9)).isEqualTo(1);
    assertThat(claimed(WORK, 9)).isEqualTo(2);
    assertThat(claimed(WORK * 3 / 2, 9)).isEqualTo(3);
    assertThat(claimed(100 * WORK, 3)).isEqualTo(3);
    assertThat(claimed(100 * WORK, 9)).isEqualTo(4);
    assertThat(threads.claim(100 * WORK, 1)).isEqualTo(1);
  }

  private int claimed(long work, int most) {
    int count = threads.claim(work, most);
    Runnable[] parts = new Runnable[count];
    Arrays.fill(parts, (Runnable) () -> {});
    threads.run(parts, work);
    return count;
  }

  @Test
  void both_isDoneByTheCallerIfThereIsLittleToDoOrNobodyToHelp() {
    Thread caller = Thread.currentThread();
    Runnable sameThread = () -> assertThat(Thread.currentThread()).isSameAs(caller);

    long all = helpers.claim(HELPERS);
    threads.both(sameThread, sameThread, WORK);
    helpers.release(all);
    threads.both(sameThread, sameThread, WORK - 1);
    new ParallelParts(WORK, new HelperThreads(0)).both(sameThread, sameThread, WORK);
  }

  @Test
  void partsOfParts_areDoneByWhoeverIsLeft() {
    ParallelParts inner = new ParallelParts(0, helpers);
    for (int i = 0; i < 2_000; i++) {
      threads.both(
          () -> inner.both(ones::incrementAndGet, ones::incrementAndGet, WORK),
          () -> inner.both(others::incrementAndGet, others::incrementAndGet, WORK),
          WORK);
    }
    assertThat(ones).hasValue(4_000);
    assertThat(others).hasValue(4_000);
  }

  @Test
  void afterFailures_allHelpersAreFreeAgain() {
    Runnable[] parts = new Runnable[HELPERS + 1];
    Arrays.fill(parts, (Runnable) others::incrementAndGet);
    parts[1] =
        () -> {
          throw new LinkageError("odd");
        };
    parts[2] =
        () -> {
          throw new ArithmeticException("odd");
        };
    for (int i = 1; i <= 2_000; i++) {
      assertThat(threads.claim(100 * WORK, 9)).isEqualTo(parts.length);
      assertThatThrownBy(() -> threads.run(parts, 100 * WORK))
          .satisfiesAnyOf(
              alone -> assertThat(alone).hasMessage("odd"),
              helped -> assertThat(helped.getCause()).hasMessage("odd"));
    }
    assertThat(helpers.claim(HELPERS)).isEqualTo(0b111);
  }

  @Test
  void run_withoutAClaimIsRefused() {
    ParallelParts alone = new ParallelParts(WORK, new HelperThreads(0));
    assertThat(alone.claim(WORK, 2)).isEqualTo(1);
    assertThatThrownBy(() -> alone.run(new Runnable[2], WORK))
        .isInstanceOf(IllegalStateException.class);
  }
}
