package org.bellmanrl.env.vector;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.jspecify.annotations.Nullable;

/**
 * Environments whose rows are divided among threads.
 *
 * <p>Each thread has a shard, a fixed range of neighbouring rows, so that what a row computes and
 * draws does not depend on the number of threads: the bits are the same for any. The calling thread
 * works on the first shard itself. The others wait for about {@value #SPINS} turns of a loop before
 * they go to sleep, since a loop that does little else comes back within microseconds; where there
 * are more threads than processors they sleep at once.
 *
 * <p>For one caller at a time. Exceptions are thrown to the caller when all shards have finished
 * the call: that of the lowest row, with others suppressed in it. {@link #close} ends the threads;
 * they don't keep the process alive.
 */
public final class ShardedEnvironments implements VectorEnvironment {
  private static final int SPINS = 1000;

  /** Shards begin at multiples of this, so that no two threads write to one cache line. */
  private static final int ALIGNMENT = 64;

  private final Shard[] shards;
  private final Helper[] helpers;
  private final Call call;
  private final int rows;
  private boolean closed;

  /** One view per shard; views share their environments, but not their scratch space. */
  private ShardedEnvironments(VectorEnvironment[] views) {
    this.rows = views[0].rows();
    int count = Math.min(views.length, rows);
    this.shards = new Shard[count];
    for (int i = 0; i < count; i++) {
      shards[i] = new Shard(views[i], bound(i, count), bound(i + 1, count));
    }
    this.call = new Call();
    this.helpers = new Helper[count - 1];
    int spins = count <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(shards[i + 1], call, spins, "environments-" + (i + 1));
    }
    for (Helper helper : helpers) {
      helper.thread.start();
    }
  }

  private int bound(int shard, int count) {
    int exact = (int) ((long) rows * shard / count);
    return rows >= 2 * ALIGNMENT * count && shard < count ? exact / ALIGNMENT * ALIGNMENT : exact;
  }

  /**
   * Divides environments of one kind.
   *
   * @param threads how many, at least 1; no more are used than there are environments
   * @param environments at least one, with equal specs, none of which shares mutable state with
   *     another; closed with the result
   */
  public static ShardedEnvironments of(int threads, Environment... environments) {
    checkThreads(threads);
    Environment[] all = environments.clone();
    VectorEnvironment[] views = new VectorEnvironment[threads];
    Arrays.setAll(views, i -> VectorEnvironment.of(all));
    return new ShardedEnvironments(views);
  }

  /**
   * Divides a vector environment.
   *
   * @param threads how many, at least 1; no more are used than there are rows
   * @param environments allows {@linkplain VectorEnvironment#concurrentRows() concurrent rows};
   *     closed with the result
   * @throws IllegalArgumentException if it doesn't
   */
  public static ShardedEnvironments of(int threads, VectorEnvironment environments) {
    checkThreads(threads);
    if (!environments.concurrentRows()) {
      throw new IllegalArgumentException(
          ("the rows of this vector of %s can't be stepped by several threads;"
                  + " divide single environments instead")
              .formatted(environments.spec().name()));
    }
    VectorEnvironment[] views = new VectorEnvironment[threads];
    Arrays.fill(views, environments);
    return new ShardedEnvironments(views);
  }

  private static void checkThreads(int threads) {
    Require.atLeast("threads", threads, 1);
  }

  @Override
  public EnvironmentSpec spec() {
    return shards[0].view.spec();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void reset(Rows listed, RandomStreams random, Observations observations) {
    call.begin(listed, random);
    call.observations = observations;
    run();
  }

  @Override
  public void step(Rows listed, Columns actions, RandomStreams random, Outcomes outcomes) {
    call.begin(listed, random);
    call.actions = actions;
    call.outcomes = outcomes;
    run();
  }

  private void run() {
    if (closed) {
      throw new IllegalStateException(spec().name() + " can't be stepped: it is closed");
    }
    for (Helper helper : helpers) {
      helper.start();
    }
    shards[0].run(call);
    for (Helper helper : helpers) {
      helper.await();
    }
    call.end();
    Throwable first = null;
    for (Shard shard : shards) {
      Throwable failure = shard.failure;
      shard.failure = null;
      if (first == null) {
        first = failure;
      } else if (failure != null) {
        first.addSuppressed(failure);
      }
    }
    if (first != null) {
      throw unchecked(first);
    }
  }

  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException exception
        ? exception
        : new IllegalStateException("an environment threw a checked exception", thrown);
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    return shards[0].view.capability(row, type);
  }

  @Override
  public void carry(State state, int row) {
    shards[0].view.carry(state, row);
  }

  @Override
  public void carryShared(State state) {
    shards[0].view.carryShared(state);
  }

  @Override
  public Sharing sharing() {
    return shards[0].view.sharing();
  }

  @Override
  public void mergeRows() {
    shards[0].view.mergeRows();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Helper helper : helpers) {
      helper.stop();
    }
    shards[0].view.close();
  }

  /** What all shards are to do next. */
  private static final class Call {
    private @Nullable Rows listed;
    private @Nullable RandomStreams random;
    private @Nullable Observations observations;
    private @Nullable Columns actions;
    private @Nullable Outcomes outcomes;

    void begin(Rows rows, RandomStreams streams) {
      listed = rows;
      random = streams;
    }

    /** Forgets the caller's objects. */
    void end() {
      listed = null;
      random = null;
      observations = null;
      actions = null;
      outcomes = null;
    }
  }

  /** A range of rows. */
  private static final class Shard {
    private final VectorEnvironment view;
    private final int from;
    private final int to;
    private final Rows all;
    private final Rows some;
    private @Nullable Throwable failure;

    Shard(VectorEnvironment view, int from, int to) {
      this.view = view;
      this.from = from;
      this.to = to;
      this.all = new Rows(view.rows());
      this.some = new Rows(view.rows());
      for (int row = from; row < to; row++) {
        all.add(row);
      }
    }

    void run(Call call) {
      try {
        Rows listed = call.listed;
        RandomStreams random = call.random;
        if (listed == null || random == null) {
          throw new AssertionError("a call lists its rows");
        }
        Rows mine = listed.isAll() ? all : among(listed);
        if (mine.isEmpty()) {
          return;
        }
        if (call.observations != null) {
          view.reset(mine, random, call.observations);
        } else if (call.actions != null && call.outcomes != null) {
          view.step(mine, call.actions, random, call.outcomes);
        }
      } catch (Throwable e) { // whatever it is, the caller gets it
        failure = e;
      }
    }

    private Rows among(Rows listed) {
      int low = 0;
      int high = listed.count();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (listed.at(middle) < from) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      some.clear();
      for (int i = low; i < listed.count() && listed.at(i) < to; i++) {
        some.add(listed.at(i));
      }
      return some;
    }
  }

  /**
   * A thread with a shard. The caller counts {@code asked} up, the thread {@code done}; writes
   * before a count are seen by whoever reads it. Each side says that it sleeps before it looks at
   * the count once more, and the other looks for sleepers after it has counted, so no wake-up is
   * lost.
   */
  private static final class Helper implements Runnable {
    private final Shard shard;
    private final Call call;
    private final int spins;
    private final Thread thread;
    private int calls; // the caller's alone
    private volatile int asked;
    private volatile int done;
    private volatile boolean asleep;
    private volatile @Nullable Thread waiting;
    private volatile boolean stopped;

    Helper(Shard shard, Call call, int spins, String name) {
      this.shard = shard;
      this.call = call;
      this.spins = spins;
      this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this);
    }

    void start() {
      calls++;
      asked = calls;
      if (asleep) {
        LockSupport.unpark(thread);
      }
    }

    void await() {
      int target = calls;
      for (int i = 0; i < spins && done != target; i++) {
        Thread.onSpinWait();
      }
      if (done != target) {
        waiting = Thread.currentThread();
        while (done != target) {
          LockSupport.park(this);
        }
        waiting = null;
      }
    }

    void stop() {
      stopped = true;
      LockSupport.unpark(thread);
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void run() {
      int last = 0;
      while (true) {
        for (int i = 0; i < spins && asked == last; i++) {
          Thread.onSpinWait();
        }
        if (asked == last) {
          asleep = true;
          while (asked == last && !stopped) {
            LockSupport.park(this);
          }
          asleep = false;
        }
        if (stopped) {
          return;
        }
        last = asked;
        shard.run(call);
        done = last;
        Thread sleeper = waiting;
        if (sleeper != null) {
          LockSupport.unpark(sleeper);
        }
      }
    }
  }
}
