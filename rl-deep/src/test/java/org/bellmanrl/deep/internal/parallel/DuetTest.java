package org.bellmanrl.deep.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Both things are done, whichever thread does them. */
class DuetTest {
  private static final long WORK = 1_000;

  private final Partner partner = new Partner();
  private final Duet duet = new Duet(WORK, partner);
  private int ones;
  private int others;

  @Test
  void both_doesBothEveryTime() {
    for (int i = 1; i <= 5_000; i++) {
      duet.both(() -> ones++, () -> others++, WORK);
      assertThat(ones).isEqualTo(i);
      assertThat(others).isEqualTo(i);
    }
  }

  @Test
  void both_isDoneByTheCallerIfThereIsLittleToDoOrNoSecondThread() {
    Thread caller = Thread.currentThread();
    Runnable sameThread = () -> assertThat(Thread.currentThread()).isSameAs(caller);

    assertThat(partner.claim()).isTrue();
    duet.both(sameThread, sameThread, WORK);
    partner.release();
    duet.both(sameThread, sameThread, WORK - 1);
    new Duet(WORK, null).both(sameThread, sameThread, WORK);
  }

  @Test
  void aDuetWithinADuet_isDoneByItsThreadAlone() {
    Duet inner = new Duet(0, partner);
    for (int i = 0; i < 200; i++) {
      duet.both(() -> inner.both(() -> ones++, () -> ones++, WORK), () -> others++, WORK);
    }
    assertThat(ones).isEqualTo(400);
    assertThat(others).isEqualTo(200);
  }

  @Test
  void afterAFailure_thePartnerIsFreeAgain() {
    for (int i = 0; i < 200; i++) {
      assertThatThrownBy(() ->
              duet.both(
                  () -> {
                    throw new ArithmeticException("odd");
                  },
                  () -> others++,
                  WORK))
          .isInstanceOf(ArithmeticException.class);
    }
    assertThat(partner.claim()).isTrue();
  }

  @Test
  void run_withoutAClaimIsRefused() {
    Duet alone = new Duet(WORK, null);
    assertThat(alone.claim(WORK)).isFalse();
    assertThatThrownBy(() -> alone.run(() -> ones++, () -> others++, WORK))
        .isInstanceOf(IllegalStateException.class);
  }
}
