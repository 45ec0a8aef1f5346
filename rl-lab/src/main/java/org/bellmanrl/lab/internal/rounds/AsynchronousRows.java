package org.bellmanrl.lab.internal.rounds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.bellmanrl.lab.internal.rounds.RoundEngine.Plan;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are stepped independently: each begins its next round as soon as its last is done, with
 * the newest plan that there is then, whatever the others are at. Which plan that is depends on how
 * long everything takes.
 *
 * <p>No row begins a round that is more than a number of rounds ahead of the one that was taken
 * last, and a round is taken when all rows have it. So no plan is older than that when its round is
 * taken: a fast row waits, and nothing is dropped. For one thread.
 */
final class AsynchronousRows implements AutoCloseable {
  private final RoundEngine engine;
  private final Supplier<Trace> traces;
  private final int most;
  private final List<Deque<Done>> done = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private @Nullable Plan newest;
  private long taken;
  private @Nullable RuntimeException failure;

  /**
   * A round of one row.
   *
   * @param plan how it was played
   * @param trace what happened; of one row
   * @param after where the row is then
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody changes it
  record Done(Plan plan, Trace trace, byte[] after) {}

  /**
   * Rows that have not begun.
   *
   * @param engine plays rounds of one row each; safe for use by several threads
   * @param traces makes traces with room for a round of one row
   * @param most how many rounds a row may be ahead of the one that was taken last, at least 1
   */
  AsynchronousRows(RoundEngine engine, Supplier<Trace> traces, int most) {
    this.engine = engine;
    this.traces = traces;
    this.most = most;
  }

  /** Begins, with the first plan that is taken. */
  void begin(byte[][] states) {
    for (int row = 0; row < states.length; row++) {
      done.add(new ArrayDeque<>());
      int own = row;
      threads.add(Thread.ofVirtual().name("row-" + row).unstarted(() -> go(own, states[own])));
    }
    threads.forEach(Thread::start);
  }

  /**
   * Waits for the next round of every row.
   *
   * @param plan for rounds that begin from now on
   * @throws UserError if a row could not be stepped
   * @throws RoundEngine.StoppedException if the run is to stop
   */
  synchronized Done[] take(Plan plan) {
    newest = plan;
    taken++;
    notifyAll();
    try {
      while (failure == null && done.stream().anyMatch(Deque::isEmpty)) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted while workers were stepping rows", e);
    }
    if (failure != null) {
      throw failure;
    }
    Done[] round = new Done[done.size()];
    Arrays.setAll(round, row -> done.get(row).removeFirst());
    return round;
  }

  private void go(int row, byte[] first) {
    try {
      byte[] state = first;
      for (long round = 0; ; round++) {
        Plan plan = await(round);
        Trace trace = traces.get();
        state = engine.begin(plan, new byte[][] {state}, trace).await(true)[0];
        deliver(row, new Done(plan, trace, state));
      }
    } catch (InterruptedException e) {
      return; // closed
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Waits until a round may begin; how. */
  private synchronized Plan await(long round) throws InterruptedException {
    Plan plan = newest;
    while (plan == null || round >= taken + most) {
      wait();
      plan = newest;
    }
    return plan;
  }

  private synchronized void deliver(int row, Done round) {
    done.get(row).addLast(round);
    notifyAll();
  }

  private synchronized void fail(RuntimeException e) {
    failure = e;
    notifyAll();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
