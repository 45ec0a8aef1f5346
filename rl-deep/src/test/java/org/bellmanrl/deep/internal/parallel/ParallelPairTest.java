package org.bellmanrl.deep.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Both things are done, whichever thread does them. */
class ParallelPairTest {
  private static final long WORK = 1_000;

  private final HelperThread helper = new HelperThread();
  private final ParallelPair pair = new ParallelPair(WORK, helper);
  private int ones;
  private int others;

  @Test
  void both_doesBothEveryTime() {
    for (int i = 1; i <= 5_000; i++) {
      pair.both(() -> ones++, () -> others++, WORK);
      assertThat(ones).isEqualTo(i);
      assertThat(others).isEqualTo(i);
    }
  }

  @Test
  void both_isDoneByTheCallerIfThereIsLittleToDoOrNoSecondThread() {
    Thread caller = Thread.currentThread();
    Runnable sameThread = () -> assertThat(Thread.currentThread()).isSameAs(caller);

    assertThat(helper.claim()).isTrue();
    pair.both(sameThread, sameThread, WORK);
    helper.release();
    pair.both(sameThread, sameThread, WORK - 1);
    new ParallelPair(WORK, null).both(sameThread, sameThread, WORK);
  }

  @Test
  void aPairWithinAPair_isDoneByItsThreadAlone() {
    ParallelPair inner = new ParallelPair(0, helper);
    for (int i = 0; i < 200; i++) {
      pair.both(() -> inner.both(() -> ones++, () -> ones++, WORK), () -> others++, WORK);
    }
    assertThat(ones).isEqualTo(400);
    assertThat(others).isEqualTo(200);
  }

  @Test
  void afterAFailure_theSecondThreadIsFreeAgain() {
    for (int i = 0; i < 200; i++) {
      assertThatThrownBy(() ->
              pair.both(
                  () -> {
                    throw new ArithmeticException("odd");
                  },
                  () -> others++,
                  WORK))
          .isInstanceOf(ArithmeticException.class);
    }
    assertThat(helper.claim()).isTrue();
  }

  @Test
  void run_withoutAClaimIsRefused() {
    ParallelPair alone = new ParallelPair(WORK, null);
    assertThat(alone.claim(WORK)).isFalse();
    assertThatThrownBy(() -> alone.run(() -> ones++, () -> others++, WORK))
        .isInstanceOf(IllegalStateException.class);
  }
}
