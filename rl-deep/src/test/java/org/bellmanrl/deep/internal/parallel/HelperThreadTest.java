package org.bellmanrl.deep.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each part is done once, by one thread or the other. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HelperThreadTest {
  private final HelperThread helper = new HelperThread();

  @Test
  void everyPart_isDoneOnceAndSeenByTheThreadThatOfferedIt() {
    int[] done = new int[1];
    for (int i = 1; i <= 100_000; i++) {
      helper.offer(() -> done[0]++);
      helper.finish();
      assertThat(done[0]).isEqualTo(i);
    }
  }

  @Test
  void aPartThatTheSecondThreadHasBegun_isWaitedFor() throws InterruptedException {
    AtomicReference<Thread> worker = begunByTheSecondThread(() -> {});

    assertThat(worker.get()).isNotSameAs(Thread.currentThread());
    assertThat(worker.get().isDaemon()).isTrue();
  }

  @Test
  void whatThePartThrows_reachesTheThreadThatOfferedIt() {
    assertThatThrownBy(() ->
            begunByTheSecondThread(() -> {
              throw new ArithmeticException("odd");
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(ArithmeticException.class);

    int[] done = new int[1];
    helper.offer(() -> done[0]++);
    helper.finish();
    assertThat(done[0]).isEqualTo(1);
  }

  @Test
  void theSecondThread_endsWhenItIsNotNeeded_andBeginsAnew() throws InterruptedException {
    AtomicReference<Thread> first = begunByTheSecondThread(() -> {});
    first.get().join();

    AtomicReference<Thread> second = begunByTheSecondThread(() -> {});
    assertThat(second.get()).isNotSameAs(first.get());
  }

  /** Offers a part and finishes only after the second thread has begun it; who did it. */
  private AtomicReference<Thread> begunByTheSecondThread(Runnable part)
      throws InterruptedException {
    AtomicReference<Thread> worker = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    helper.offer(() -> {
      worker.set(Thread.currentThread());
      begun.countDown();
      part.run();
    });
    begun.await();
    helper.finish();
    return worker;
  }
}
