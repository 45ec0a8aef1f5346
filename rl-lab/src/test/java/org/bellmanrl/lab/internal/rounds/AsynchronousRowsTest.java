package org.bellmanrl.lab.internal.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.lab.internal.rounds.RoundEngine.Plan;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsynchronousRowsTest {
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of("test", new Discrete(2), new Discrete(2));

  /** Plays rounds of nothing; the state of a row says which it is. */
  private static class Nothing implements RoundEngine {
    @Override
    public Playing begin(Plan plan, byte[][] states, Trace into) {
      return stoppable -> {
        played(states[0][0]);
        return states;
      };
    }

    @SuppressWarnings("UnusedVariable") // used by those that override it
    void played(int row) {}

    @Override
    public void close() {}
  }

  private static Trace trace() {
    return new Trace(SPEC, Dict.EMPTY, 1, 1);
  }

  private static byte[][] states(int rows) {
    byte[][] states = new byte[rows][];
    for (int row = 0; row < rows; row++) {
      states[row] = new byte[] {(byte) row};
    }
    return states;
  }

  /** The number of a plan is that of the round that is taken with it. */
  private static Plan plan(int number) {
    return new Plan(new byte[] {(byte) number}, 1, false);
  }

  @Test
  void take_givesNoRoundWhosePlanIsOlderThanAllowed() {
    for (int most : new int[] {1, 3}) {
      try (AsynchronousRows rows =
          new AsynchronousRows(new Nothing(), AsynchronousRowsTest::trace, most)) {
        rows.begin(states(8));
        for (int round = 0; round < 120; round++) {
          for (AsynchronousRows.Done done : rows.take(plan(round))) {
            assertThat((int) done.plan().behaviour()[0])
                .isBetween(Math.max(0, round - most), round);
          }
        }
      }
    }
  }

  @Test
  void rows_doNotWaitForOneThatIsSlow_untilTheyAreAsFarAheadAsAllowed() {
    Semaphore slow = new Semaphore(0);
    AtomicInteger others = new AtomicInteger();
    Semaphore three = new Semaphore(0);
    RoundEngine engine =
        new Nothing() {
          @Override
          void played(int row) {
            if (row == 0) {
              slow.acquireUninterruptibly();
            } else {
              others.incrementAndGet();
              three.release();
            }
          }
        };
    try (AsynchronousRows rows = new AsynchronousRows(engine, AsynchronousRowsTest::trace, 2)) {
      rows.begin(states(2));
      CompletableFuture<AsynchronousRows.Done[]> first =
          CompletableFuture.supplyAsync(() -> rows.take(plan(0)));
      three.acquireUninterruptibly(3);
      assertThat(first).isNotDone();
      slow.release(10);
      first.join();
      assertThat(others).hasValue(3);
      rows.take(plan(1));
      three.acquireUninterruptibly();
      assertThat(rows.take(plan(2))[1].plan().behaviour()).isEqualTo(plan(0).behaviour());
      assertThat(rows.take(plan(3))[1].plan().behaviour()).isEqualTo(plan(1).behaviour());
    }
  }

  @Test
  void take_ofARowThatFailed_fails() {
    RoundEngine engine =
        new Nothing() {
          @Override
          void played(int row) {
            if (row == 1) {
              throw new UserError("broken");
            }
          }
        };
    try (AsynchronousRows rows = new AsynchronousRows(engine, AsynchronousRowsTest::trace, 1)) {
      rows.begin(states(2));
      assertThatThrownBy(() -> rows.take(plan(0))).isInstanceOf(UserError.class);
    }
  }
}
