package org.bellmanrl.gymnasium.internal;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.jspecify.annotations.Nullable;

/** Rows of an environment, shared among workers. Not thread-safe. */
public final class WorkerPool implements AutoCloseable {
  /** As a seed: none, which the worker reads so too. */
  private static final long NO_SEED = -1;

  private final Order order;
  private final Worker[] workers;
  private final SharedMemory[] memories;
  private final Description description;
  private final EnvironmentSpec spec;

  /** Worker w has the rows from {@code firsts[w]} to {@code firsts[w + 1] - 1}. */
  private final int[] firsts;

  /** How many rows each worker is busy with, and where they begin in the list. */
  private final int[] counts;

  private final int[] starts;
  private final long[] seeds;
  private final boolean[] begun;
  private final long[] steps;

  private final IntRanges ranges;
  private @Nullable String failure;

  /**
   * What is wanted.
   *
   * @param id the id for messages
   * @param name the name that Gymnasium or the module knows
   * @param module a module to import first; empty for none
   * @param keywords keyword arguments
   * @param rows number of rows
   * @param workers number of processes, at most {@code rows}
   * @param timeoutSeconds after which a process that does not answer is ended
   * @param replayable whether an episode can be replayed
   * @param seedEpisodes whether each episode begins with a seed, not only the first of a row
   * @param inProcess whether Python runs inside of this process; then there is one worker
   */
  public record Order(
      String id,
      String name,
      String module,
      Map<String, ?> keywords,
      int rows,
      int workers,
      double timeoutSeconds,
      boolean replayable,
      boolean seedEpisodes,
      boolean inProcess) {}

  private WorkerPool(Order order, Worker[] workers, OneTimeNotices notices)
      throws BrokenWorkerException {
    int rows = order.rows();
    this.order = order;
    this.workers = workers;
    this.memories = new SharedMemory[workers.length];
    this.firsts = firsts(order);
    this.counts = new int[workers.length];
    this.starts = new int[workers.length];
    this.seeds = new long[rows];
    this.begun = new boolean[rows];
    this.steps = new long[rows];
    this.description = workers[0].describe();
    this.spec = spec(order, description);
    share(0, description);
    for (int w = 1; w < workers.length; w++) {
      Description other = workers[w].describe();
      if (!spec(order, other).equals(spec)) {
        throw new BrokenWorkerException(
            BrokenWorkerException.Reason.REFUSED,
            "is not the same each time it is made: %s, then %s".formatted(spec, spec(order, other)),
            "");
      }
      share(w, other);
    }
    this.ranges = new IntRanges(spec.observationSpace());
    if (!description.notes().isEmpty()) {
      notices.say(order.id() + ": " + description.notes());
    }
  }

  /**
   * Makes environments in as many processes as wanted, and waits until they are ready.
   *
   * @throws IllegalArgumentException if that environment can't be made
   * @throws UnavailableException if something is not installed, or a process failed
   */
  public static WorkerPool open(Order order, OneTimeNotices notices) {
    String python = Python.ofProcess().command();
    Worker[] workers = new Worker[order.workers()];
    int[] firsts = firsts(order);
    try {
      for (int w = 0; w < workers.length; w++) {
        Map<String, ?> request =
            Map.of(
                "name", order.name(),
                "module", order.module(),
                "options", order.keywords(),
                "rows", firsts[w + 1] - firsts[w]);
        workers[w] =
            order.inProcess()
                ? new EmbeddedWorker(python, request)
                : new ProcessWorker(python, request, order.timeoutSeconds());
      }
      return new WorkerPool(order, workers, notices);
    } catch (BrokenWorkerException e) {
      kill(workers);
      throw switch (e.reason()) {
        case REFUSED -> new IllegalArgumentException(order.id() + ": " + e.text(""));
        case MISSING ->
            new UnavailableException(
                "%s can't be run by %s: %s".formatted(order.id(), python, e.text("")));
        case FAILED -> new UnavailableException(order.id() + " " + e.text(" when it was made"));
      };
    } catch (RuntimeException | Error e) {
      kill(workers);
      throw e;
    }
  }

  private static int[] firsts(Order order) {
    int[] firsts = new int[order.workers() + 1];
    Arrays.setAll(firsts, w -> (int) ((long) w * order.rows() / order.workers()));
    return firsts;
  }

  private static EnvironmentSpec spec(Order order, Description said) {
    EnvironmentSpec spec =
        EnvironmentSpec.of(order.id(), said.observations(), said.actions())
            .withMaxEpisodeSteps(said.limit())
            .withDiagnostics(said.diagnostics().toArray(String[]::new));
    if (said.masked()) {
      spec = spec.withMask();
    }
    return order.replayable() ? spec : spec.notResumable();
  }

  private void share(int w, Description said) throws BrokenWorkerException {
    memories[w] = workers[w].share(said, spec.maskWidth(), firsts[w + 1] - firsts[w]);
  }

  private static void kill(@Nullable Worker[] workers) {
    for (Worker worker : workers) {
      if (worker != null) {
        worker.kill();
        worker.close();
      }
    }
  }

  /** What each row is. */
  public EnvironmentSpec spec() {
    return spec;
  }

  /** Draws the seed of a row's next episode, if that is to have one. */
  public void begin(int row, RandomStream random) {
    boolean draws = order.seedEpisodes() || !begun[row];
    seeds[row] = draws ? random.integers(Integer.MAX_VALUE) : NO_SEED;
    begun[row] = true;
    steps[row] = 0;
  }

  /** Begins an episode in each listed row, with the seed that was drawn for it, if one was. */
  public void reset(Rows listed, Observations observations) {
    post(Worker.RESET, listed, null);
    for (int w = 0; w < workers.length; w++) {
      receive(w, listed, observations, null);
    }
    check(listed, observations.values());
  }

  /** Takes a step in each listed row. */
  public void step(Rows listed, Columns actions, Outcomes outcomes) {
    post(Worker.STEP, listed, actions);
    for (int w = 0; w < workers.length; w++) {
      receive(w, listed, outcomes.observations(), outcomes);
    }
    check(listed, outcomes.observations().values());
  }

  private void receive(int w, Rows listed, Observations observations, @Nullable Outcomes outcomes) {
    int count = counts[w];
    if (count == 0) {
      return;
    }
    try {
      workers[w].await();
      boolean all = count == firsts[w + 1] - firsts[w];
      for (int i = 0; i < count; i += all ? count : 1) {
        int row = listed.at(starts[w] + i);
        memories[w].readObservations(row - firsts[w], observations, row, all ? count : 1);
        if (outcomes != null) {
          memories[w].readOutcomes(row - firsts[w], outcomes, row, all ? count : 1);
        }
      }
    } catch (BrokenWorkerException e) {
      throw failed(w, e);
    } catch (InternalError e) {
      throw failed(w, cutShort());
    }
  }

  /** What the JVM calls an internal error is a page of a mapped file that is no longer there. */
  private static BrokenWorkerException cutShort() {
    return BrokenWorkerException.failed("cut the shared memory short", "");
  }

  private void post(int command, Rows listed, @Nullable Columns actions) {
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    int next = 0;
    for (int w = 0; w < workers.length; w++) {
      starts[w] = next;
      while (next < listed.count() && listed.at(next) < firsts[w + 1]) {
        int row = listed.at(next++);
        if (actions == null) {
          memories[w].seed(row - firsts[w], seeds[row]);
        } else {
          steps[row]++;
        }
      }
      counts[w] = next - starts[w];
      if (counts[w] > 0) {
        try {
          write(w, listed, actions);
          workers[w].post(command, counts[w]);
        } catch (InternalError e) {
          throw failed(w, cutShort());
        }
      }
    }
  }

  private void write(int w, Rows listed, @Nullable Columns actions) {
    SharedMemory memory = memories[w];
    int first = firsts[w];
    boolean all = counts[w] == firsts[w + 1] - first;
    if (all && actions != null) {
      memory.writeActions(actions, first, 0, counts[w]);
    }
    if (!all) {
      for (int i = 0; i < counts[w]; i++) {
        int row = listed.at(starts[w] + i);
        memory.list(i, row - first);
        if (actions != null) {
          memory.writeActions(actions, row, row - first, 1);
        }
      }
    }
  }

  private UnavailableException failed(int w, BrokenWorkerException e) {
    int row = firsts[w] + Math.clamp(memories[w].current(), 0, firsts[w + 1] - firsts[w] - 1);
    String where =
        " in row %d, %s, in the episode that began with reset(%s)"
            .formatted(
                row,
                steps[row] == 0 ? "at its reset" : "at step " + steps[row],
                seeds[row] == NO_SEED ? "" : "seed=" + seeds[row]);
    String message = order.id() + " " + e.text(where);
    failure = order.id() + " has failed before, and cannot go on";
    kill(workers);
    return new UnavailableException(message);
  }

  private void check(Rows listed, Columns observations) {
    int row = ranges.firstOutside(listed, observations);
    if (row >= 0) {
      throw new UnavailableException(
          "%s shows an observation outside its space %s in row %d, %s"
              .formatted(order.id(), spec.observationSpace(), row, observations.text(row)));
    }
  }

  /** The pictures of a row, if the environment can be drawn. */
  public Optional<PictureView> picture(int row) {
    return description.pictures() ? Optional.of(new FramePicture(this, row)) : Optional.empty();
  }

  FramePicture.Frame frame(int row) {
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    int w = 0;
    while (row >= firsts[w + 1]) {
      w++;
    }
    try {
      return workers[w].draw(row - firsts[w]);
    } catch (BrokenWorkerException e) {
      throw failed(w, e);
    }
  }

  /** Ends the processes. */
  @Override
  public void close() {
    if (failure == null) {
      failure = order.id() + " is closed";
      for (Worker worker : workers) {
        worker.dismiss();
      }
      for (Worker worker : workers) {
        worker.close();
      }
    }
  }
}
