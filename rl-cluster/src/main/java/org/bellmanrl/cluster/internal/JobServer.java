package org.bellmanrl.cluster.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.bellmanrl.lab.cluster.ClusterException;
import org.bellmanrl.lab.cluster.JobDispatcher;
import org.jspecify.annotations.Nullable;

/**
 * Dispatches jobs to the workers that connect.
 *
 * <p>A job is dispatched to the worker with the largest share of idle cores, and again to another
 * when its worker is lost or {@linkplain #suspect suspected}. A false suspicion is harmless: the
 * first result counts, and results of exact jobs must be equal. A worker that is idle while nothing
 * waits is given the exact job that has been going on for longest, if that is much longer than
 * usual.
 */
final class JobServer implements JobDispatcher {
  /** Workers that may be lost with a job before it is given up. */
  private static final int MOST_LOSSES = 5;

  /** Stages that a worker remembers; it must remember as many as this side believes. */
  static final int STAGES = 4;

  private static final String LEFT = "the learner has left the cluster, or has no workers any more";
  private static final long LOOK_MILLIS = 100;
  private static final double LEAST_PATIENCE_SECONDS = 2;
  private static final double PATIENCE = 4;
  private static final double SMOOTHING = 0.1;
  private static final int MOST_SUSPICIOUS = 10;
  private static final long SENDING_MILLIS = 2;

  private final Security security;
  private final Map<String, String> facts;
  private final Map<String, Path> files;
  private final Consumer<String> warnings;
  private final ServerSocket socket;
  private final Set<Link> links = new LinkedHashSet<>();
  private final Deque<Task> waiting = new ArrayDeque<>();
  private final Map<Long, Task> tasks = new HashMap<>();
  private Set<String> suspects = Set.of();
  private final Set<String> refused = new LinkedHashSet<>();
  private final long began = System.nanoTime();
  private long nextTask;
  private long nextStage;
  private long done;
  private double usualSeconds = Double.NaN;
  private boolean closed;

  /**
   * A server on a free port.
   *
   * @param own the address at which it listens
   * @param files that workers may fetch, by their SHA-256
   */
  JobServer(
      InetAddress own,
      Security security,
      Map<String, String> facts,
      Map<String, Path> files,
      Consumer<String> warnings) {
    this.security = security;
    this.facts = Map.copyOf(facts);
    this.files = Map.copyOf(files);
    this.warnings = warnings;
    try {
      this.socket = security.listen(own);
    } catch (IOException e) {
      throw new ClusterException("cannot listen at %s: %s".formatted(own, e.getMessage()), e);
    }
    Thread.ofPlatform().daemon().name("cluster-accept").start(this::accept);
    Thread.ofPlatform().daemon().name("cluster-watch").start(this::watch);
  }

  /** Where workers connect. */
  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket peer = socket.accept();
        Thread.ofVirtual().name("from " + peer.getRemoteSocketAddress()).start(() -> serve(peer));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          warnOnce("accept", "a connection failed at once: " + e.getMessage());
        }
      }
    }
  }

  private void serve(Socket peer) {
    try (peer;
        Connection connection = new Connection(peer)) {
      connection.say(new Wire.Challenge(connection.nonce()));
      if (!(connection.receive() instanceof Wire.Hello hello)) {
        throw new IOException(connection.peer() + " did not say who it is");
      }
      String reason = objection(hello, connection.nonce());
      if (!reason.isEmpty()) {
        connection.say(new Wire.Refusal(reason));
        warnOnce(hello.name(), "the worker %s is refused: %s".formatted(hello.name(), reason));
        return;
      }
      connection.say(new Wire.Welcome(security.proof(Wire.DISPATCHER, hello.nonce())));
      if (hello.cores() == 0) {
        connection.say(new Wire.Status(status()));
        return;
      }
      connection.open();
      receive(new Link(hello, connection));
    } catch (IOException e) {
      warnOnce(String.valueOf(peer.getInetAddress()), String.valueOf(e.getMessage()));
    }
  }

  /** Why a worker is not taken; empty if it is. */
  private String objection(Wire.Hello hello, byte[] nonce) {
    if (!security.proves(hello.proof(), "worker", nonce)) {
      return "it has another secret: give all members the same --secret";
    }
    if (hello.cores() == 0) {
      return "";
    }
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      String other = hello.facts().getOrDefault(fact.getKey(), "nothing");
      if (!other.equals(fact.getValue())) {
        return "its %s is %s and the learner's is %s, so results could differ"
            .formatted(fact.getKey(), other, fact.getValue());
      }
    }
    return "";
  }

  /** A worker that is refused comes again and again. */
  private void warnOnce(String who, String warning) {
    synchronized (refused) {
      if (refused.size() > MOST_SUSPICIOUS || !refused.add(who + warning)) {
        return;
      }
    }
    warnings.accept(warning);
  }

  private void receive(Link link) {
    synchronized (this) {
      links.add(link);
      dispatch();
    }
    String end = "";
    try {
      while (end.isEmpty()) {
        switch (link.connection.receive()) {
          case Wire.Result(long job, byte[] bytes) -> result(link, job, bytes);
          case Wire.Failure(long job, String reason) -> failed(link, job, reason);
          case Wire.Unfit(long job, String reason) -> unfit(link, job, reason);
          case Wire.Report(long job, byte[] bytes) -> report(job, bytes);
          case Wire.Leaving() -> {
            synchronized (this) {
              link.leaving = true;
            }
          }
          case Wire.Fetch(String sha256, long offset) -> {
            // A worker that asks and does not read must not fill the memory.
            while (link.connection.isSending()) {
              Thread.sleep(SENDING_MILLIS);
            }
            link.connection.send(part(link, sha256, offset));
          }
          default -> end = "it sent what only a learner sends";
        }
      }
    } catch (IOException e) {
      end = String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lost(link, end);
  }

  /** A part of a file, for a worker. */
  private Wire.Message part(Link link, String sha256, long offset) {
    Path file = files.get(sha256);
    if (file == null || offset < 0) {
      return new Wire.NoFile(sha256, offset);
    }
    byte[] bytes = new byte[MOST_PART_BYTES];
    ByteBuffer part = ByteBuffer.wrap(bytes);
    try (FileChannel channel = FileChannel.open(file)) {
      while (part.hasRemaining() && channel.read(part, offset + part.position()) >= 0) {}
    } catch (IOException e) {
      warnOnce("files", "cannot read %s for workers: %s".formatted(file, e));
      return new Wire.NoFile(sha256, offset);
    }
    return new Wire.FilePart(
        sha256,
        offset,
        security.proof(Security.file(sha256), link.hello.nonce()),
        Arrays.copyOf(bytes, part.position()));
  }

  @Override
  public Stage stage(byte[] bytes, boolean exact) {
    requireBounded("stage", bytes);
    synchronized (this) {
      return new Shared(nextStage++, bytes, exact);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody changes them, see stage()
  private record Shared(long id, byte[] bytes, boolean exact) implements Stage {}

  @Override
  public Job submit(Stage stage, byte[] job, Consumer<byte[]> reports) {
    requireBounded("job", job);
    synchronized (this) {
      Task task = new Task(nextTask++, (Shared) stage, job, reports);
      if (closed) {
        task.fail(LEFT);
      } else {
        tasks.put(task.id, task);
        waiting.addLast(task);
        dispatch();
      }
      return task;
    }
  }

  private static void requireBounded(String what, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new ClusterException(
          "a %s must have at most %d bytes, has %d".formatted(what, MOST_BYTES, bytes.length));
    }
  }

  /** Assigns waiting tasks to idle workers. */
  private void dispatch() {
    Deque<Task> left = new ArrayDeque<>();
    while (!waiting.isEmpty()) {
      Task task = waiting.removeFirst();
      Link link = idle(task);
      if (link != null) {
        give(task, link);
      } else {
        left.addLast(task);
        if (idle(null) == null) {
          break;
        }
      }
    }
    while (!left.isEmpty()) {
      waiting.addFirst(left.removeLast());
    }
  }

  /** The worker with the largest share of idle cores that may do a task; null if there is none. */
  private @Nullable Link idle(@Nullable Task task) {
    @Nullable Link best = null;
    for (Link link : links) {
      boolean able =
          !link.leaving
              && !suspects.contains(link.hello.node())
              && (task == null
                  || (!task.holders.contains(link) && !link.unfit.contains(task.stage.id)));
      if (able && link.load() < 1 && (best == null || link.load() < best.load())) {
        best = link;
      }
    }
    return best;
  }

  private void give(Task task, Link link) {
    if (link.knows(task.stage)) {
      link.connection.send(new Wire.StageBytes(task.stage.id, task.stage.bytes));
    }
    task.holders.add(link);
    task.dispatched = System.nanoTime();
    link.running.add(task);
    link.connection.send(new Wire.JobBytes(task.id, task.stage.id, task.job));
    if (task.stopping) {
      link.connection.send(new Wire.Stop(task.id));
    }
  }

  private void report(long id, byte[] bytes) {
    @Nullable Task task;
    synchronized (this) {
      task = tasks.get(id);
    }
    if (task != null && !task.over) {
      task.reports.accept(bytes);
    }
  }

  private void result(Link link, long id, byte[] bytes) {
    @Nullable Task task;
    synchronized (this) {
      task = release(link, id);
      if (task == null) {
        return;
      }
      if (!task.over) {
        double seconds = (System.nanoTime() - task.dispatched) / 1e9;
        usualSeconds =
            Double.isNaN(usualSeconds)
                ? seconds
                : usualSeconds + SMOOTHING * (seconds - usualSeconds);
        link.done++;
        done++;
        finish(task);
        if (task.stage.exact && !task.holders.isEmpty()) {
          task.first = bytes;
        }
      } else if (task.first != null && !Arrays.equals(task.first, bytes)) {
        disagreed(link.hello.name());
      }
      dispatch();
    }
    task.result.complete(bytes);
  }

  /** Marks a task as done; other workers that carry it out may stop. */
  private void finish(Task task) {
    task.over = true;
    waiting.remove(task);
    for (Link other : task.holders) {
      other.connection.send(new Wire.Stop(task.id));
    }
  }

  private void disagreed(String name) {
    String line =
        "the worker %s computed other bits than another for the same work; leave it out, and look for a machine or a library that differs"
            .formatted(name);
    warnings.accept(line);
    List.copyOf(tasks.values()).forEach(task -> task.fail(line));
  }

  private void failed(Link link, long id, String reason) {
    @Nullable Task task;
    synchronized (this) {
      task = release(link, id);
      if (task != null) {
        finish(task);
      }
      dispatch();
    }
    if (task != null) {
      task.fail(reason);
    }
  }

  private void unfit(Link link, long id, String reason) {
    synchronized (this) {
      Task task = release(link, id);
      if (task != null) {
        link.unfit.add(task.stage.id);
        again(task);
      }
      dispatch();
    }
    warnOnce(
        link.hello.name(), "the worker %s is not used: %s".formatted(link.hello.name(), reason));
  }

  /** A link no longer holds a task; null if it did not. */
  private @Nullable Task release(Link link, long id) {
    Task task = tasks.get(id);
    if (task == null || !link.running.remove(task)) {
      return null;
    }
    task.holders.remove(link);
    if (task.holders.isEmpty()) {
      tasks.remove(id);
    }
    return task;
  }

  /** Dispatches a task again before all others, unless it is done or another worker is at it. */
  private void again(Task task) {
    if (task.over || !task.holders.isEmpty()) {
      return;
    }
    if (task.stopping) {
      task.abandon();
    } else {
      tasks.put(task.id, task);
      waiting.addFirst(task);
    }
  }

  private void lost(Link link, String reason) {
    List<Task> given = new ArrayList<>();
    boolean left;
    synchronized (this) {
      links.remove(link);
      left = link.leaving && link.running.isEmpty();
      for (Task task : List.copyOf(link.running).reversed()) {
        release(link, task.id);
        task.losses++;
        if (task.losses >= MOST_LOSSES) {
          given.add(task);
        } else {
          again(task);
        }
      }
      dispatch();
      left |= closed;
    }
    for (Task task : given) {
      task.fail(
          "%d workers in turn were lost at the same work, the last of them %s: does the task's code end its process or use up its memory?"
              .formatted(MOST_LOSSES, link.hello.name()));
    }
    if (!left) {
      warnings.accept("the worker %s was lost: %s".formatted(link.hello.name(), reason));
    }
  }

  /**
   * Takes the nodes that can't be reached at present: what their workers do is dispatched again.
   */
  synchronized void suspect(Set<String> nodes) {
    Set<String> before = suspects;
    suspects = nodes;
    for (Link link : links) {
      if (nodes.contains(link.hello.node()) && !before.contains(link.hello.node())) {
        for (Task task : link.running) {
          if (!task.over && !waiting.contains(task)) {
            waiting.addFirst(task);
          }
        }
      }
    }
    dispatch();
  }

  private void watch() {
    try {
      while (!socket.isClosed()) {
        Thread.sleep(LOOK_MILLIS);
        synchronized (this) {
          hurry();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives a job that takes long to an idle worker, too. */
  private void hurry() {
    if (!waiting.isEmpty()) {
      return;
    }
    long patience =
        (long) (1e9 * Math.max(LEAST_PATIENCE_SECONDS, PATIENCE * usualSeconds)); // NaN: the former
    long now = System.nanoTime();
    for (Task task : tasks.values()) {
      if (task.stage.exact
          && task.holders.size() == 1
          && !task.over
          && now - task.dispatched > patience) {
        Link link = idle(task);
        if (link == null) {
          return;
        }
        give(task, link);
      }
    }
  }

  @Override
  public synchronized int capacity() {
    return links.stream()
        .filter(link -> !link.leaving && !suspects.contains(link.hello.node()))
        .mapToInt(link -> link.hello.cores())
        .sum();
  }

  private synchronized List<String> status() {
    double seconds = (System.nanoTime() - began) / 1e9;
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d jobs done, %.1f a second; %d going on, %d waiting",
            done,
            done / seconds,
            tasks.size() - waiting.size(),
            waiting.size()));
    for (Link link : links) {
      lines.add(
          "  %s: %d of %d cores busy, %d jobs done%s"
              .formatted(
                  link.hello.name(),
                  link.running.size(),
                  link.hello.cores(),
                  link.done,
                  link.leaving
                      ? ", leaving"
                      : suspects.contains(link.hello.node()) ? ", can't be reached" : ""));
    }
    return lines;
  }

  @Override
  public void close() {
    List<Task> given;
    List<Link> open;
    synchronized (this) {
      closed = true;
      given = new ArrayList<>(tasks.values());
      given.addAll(waiting);
      waiting.clear();
      tasks.clear();
      open = List.copyOf(links);
    }
    try {
      socket.close();
    } catch (IOException e) {
      warnings.accept("cannot close " + socket + ": " + e);
    }
    open.forEach(link -> link.connection.close());
    given.forEach(task -> task.fail(LEFT));
  }

  /** A worker, connected. */
  private static final class Link {
    private final Wire.Hello hello;
    private final Connection connection;
    private final Set<Task> running = new LinkedHashSet<>();
    private final Set<Long> unfit = new LinkedHashSet<>();

    /** The stages that the worker remembers, the latest last. */
    private final LinkedHashMap<Long, Boolean> stages = new LinkedHashMap<>(STAGES, 0.75f, true);

    private boolean leaving;
    private long done;

    Link(Wire.Hello hello, Connection connection) {
      this.hello = hello;
      this.connection = connection;
    }

    double load() {
      return (double) running.size() / hello.cores();
    }

    /** Notes that the worker is going to know a stage; whether it must be sent first. */
    boolean knows(Shared stage) {
      boolean unknown = stages.put(stage.id, true) == null;
      if (stages.size() > STAGES) {
        stages.remove(stages.firstEntry().getKey());
      }
      return unknown;
    }
  }

  private final class Task implements Job {
    private final long id;
    private final Shared stage;
    private final byte[] job;
    private final Consumer<byte[]> reports;
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private final Set<Link> holders = new LinkedHashSet<>();
    private long dispatched;
    private int losses;
    private boolean stopping;
    private boolean over;

    /** The result, as long as another may come to be compared. */
    private byte @Nullable [] first;

    Task(long id, Shared stage, byte[] job, Consumer<byte[]> reports) {
      this.id = id;
      this.stage = stage;
      this.job = job;
      this.reports = reports;
    }

    @Override
    public CompletableFuture<byte[]> result() {
      return result;
    }

    @Override
    public void stop() {
      synchronized (JobServer.this) {
        stopping = true;
        if (holders.isEmpty() && !over) {
          abandon();
        }
        for (Link link : holders) {
          link.connection.send(new Wire.Stop(id));
        }
      }
    }

    /** Gives up what no worker is at. */
    private void abandon() {
      over = true;
      waiting.remove(this);
      tasks.remove(id);
      fail("it was stopped before a worker had begun it");
    }

    void fail(String reason) {
      result.completeExceptionally(new ClusterException(reason));
    }
  }
}
