package org.bellmanrl.cluster.internal;

import java.io.IOException;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bellmanrl.lab.cluster.Work;
import org.jspecify.annotations.Nullable;

/**
 * Runs the jobs of all dispatchers that it knows, on threads that do nothing else: the heartbeats
 * of the node don't wait for them.
 */
final class JobClient implements AutoCloseable {
  private static final long RETRY_MILLIS = 500;

  /** How long jobs may take to come to a stop; a process is to end within five seconds. */
  private static final long PATIENCE_MILLIS = 3_000;

  /** The same where nobody waits for their results any more. */
  private static final long LONE_MILLIS = 500;

  private static final long DRAIN_MILLIS = 1_000;
  private static final long CLOSE_LOOK_MILLIS = 10;
  private static final int MOST_REASON = 10_000;
  private static final long LOOK_MILLIS = 100;

  /** A minute. */
  private static final int FETCH_LOOKS = 600;

  private final Security security;
  private final String name;
  private final int cores;
  private final Map<String, String> facts;
  private final Work work;
  private final Consumer<String> log;
  private final ExecutorService threads;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Set<String> connecting = ConcurrentHashMap.newKeySet();
  private volatile Set<String> doors = Set.of();
  private volatile boolean closing;

  /**
   * A worker that knows no dispatcher yet.
   *
   * @param cores how many jobs are done at a time, at least 1
   */
  JobClient(
      Security security,
      String name,
      int cores,
      Map<String, String> facts,
      Work work,
      Consumer<String> log) {
    this.security = security;
    this.name = name;
    this.cores = cores;
    this.facts = Map.copyOf(facts);
    this.work = work;
    this.log = log;
    this.threads =
        Executors.newFixedThreadPool(
            cores, Thread.ofPlatform().daemon().name("cluster-work-", 1).factory());
  }

  /**
   * Takes the dispatchers that there are. One that is gone keeps its connection until that is
   * closed.
   *
   * @param node where this process's node is, {@code HOST:PORT}
   * @param dispatchers where they listen, {@code HOST:PORT}
   */
  void dispatchers(String node, Set<String> dispatchers) {
    doors = Set.copyOf(dispatchers);
    for (String door : dispatchers) {
      if (!closing && connecting.add(door)) {
        Thread.ofVirtual().name("to " + door).start(() -> stay(node, door));
      }
    }
  }

  private void stay(String node, String door) {
    @Nullable String said = null;
    try {
      while (!closing && doors.contains(door)) {
        String reason = serve(node, door);
        if (!reason.equals(said) && !closing) {
          log.accept(reason);
        }
        said = reason;
        Thread.sleep(RETRY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connecting.remove(door);
    }
  }

  /** Works for a dispatcher until the connection ends; why it did. */
  private String serve(String node, String door) {
    int colon = door.lastIndexOf(':');
    try (Socket socket =
            security.connect(
                door.substring(0, colon), Integer.parseInt(door.substring(colon + 1)));
        Connection connection = new Connection(socket)) {
      String refusal = introduce(connection, security, name, node, cores, facts);
      if (!refusal.isEmpty()) {
        return "refused by the learner at %s: %s".formatted(door, refusal);
      }
      connection.open();
      log.accept("working for the learner at " + door);
      Link link = new Link(connection);
      links.add(link);
      try {
        if (closing) {
          return "leaving";
        }
        while (true) {
          link.take(connection.receive());
        }
      } finally {
        links.remove(link);
        link.running.values().forEach(run -> run.stopWanted = true);
        link.asked.values().forEach(part -> part.cancel(false));
      }
    } catch (IOException e) {
      return "no connection to the learner at %s (%s)".formatted(door, e.getMessage());
    }
  }

  /**
   * The handshake of a worker or a visitor.
   *
   * @return why it is not let in; empty if it is
   */
  static String introduce(
      Connection connection,
      Security security,
      String name,
      String node,
      int cores,
      Map<String, String> facts)
      throws IOException {
    if (!(connection.receive() instanceof Wire.Challenge(byte[] challenge))) {
      throw new IOException("the learner did not ask who is there");
    }
    byte[] proof = security.proof("worker", challenge);
    connection.say(new Wire.Hello(name, node, cores, facts, proof, connection.nonce()));
    return switch (connection.receive()) {
      case Wire.Refusal(String reason) -> reason;
      case Wire.Welcome(byte[] answer) ->
          security.proves(answer, Wire.DISPATCHER, connection.nonce())
              ? ""
              : "it has another secret";
      default -> throw new IOException("the learner gave no answer");
    };
  }

  @Override
  public void close() {
    closing = true;
    for (Link link : links) {
      link.connection.send(new Wire.Leaving());
      link.running.values().forEach(run -> run.stopWanted = true);
    }
    threads.shutdown();
    try {
      long begun = System.nanoTime();
      while (!threads.awaitTermination(CLOSE_LOOK_MILLIS, TimeUnit.MILLISECONDS)
          && millisSince(begun) < (links.isEmpty() ? LONE_MILLIS : PATIENCE_MILLIS)) {}
      begun = System.nanoTime();
      while (links.stream().anyMatch(link -> link.connection.isSending())
          && millisSince(begun) < DRAIN_MILLIS) {
        Thread.sleep(CLOSE_LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    links.forEach(link -> link.connection.close());
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  /** A dispatcher, connected. */
  private final class Link {
    private final Connection connection;
    private final Map<Long, Run> running = new ConcurrentHashMap<>();

    /** Parts of files that have been asked for. */
    private final Map<Wire.Fetch, CompletableFuture<Wire.Message>> asked =
        new ConcurrentHashMap<>();

    /** As {@link JobServer} believes: the latest used last. */
    private final LinkedHashMap<Long, byte[]> stages = new LinkedHashMap<>(16, 0.75f, true);

    Link(Connection connection) {
      this.connection = connection;
    }

    void take(Wire.Message message) throws IOException {
      switch (message) {
        case Wire.StageBytes(long stage, byte[] bytes) -> {
          stages.put(stage, bytes);
          if (stages.size() > JobServer.STAGES) {
            stages.remove(stages.firstEntry().getKey());
          }
        }
        case Wire.JobBytes(long job, long stage, byte[] bytes) -> {
          byte[] shared = stages.get(stage);
          if (shared == null) {
            throw new IOException("a job of stage %d, which was not sent".formatted(stage));
          }
          begin(new Run(this, job), shared, bytes);
        }
        case Wire.Stop(long job) -> {
          Run run = running.get(job);
          if (run != null) {
            run.stopWanted = true;
          }
        }
        case Wire.FilePart part -> {
          if (!security.proves(part.proof(), Security.file(part.sha256()), connection.nonce())) {
            throw new IOException("a file came without proof of the secret");
          }
          answer(new Wire.Fetch(part.sha256(), part.offset()), part);
        }
        case Wire.NoFile(String sha256, long offset) ->
            answer(new Wire.Fetch(sha256, offset), message);
        default -> throw new IOException("a message that only workers send");
      }
    }

    private void answer(Wire.Fetch question, Wire.Message answer) throws IOException {
      CompletableFuture<Wire.Message> waiting = asked.remove(question);
      if (waiting == null) {
        throw new IOException("a file that was not asked for");
      }
      waiting.complete(answer);
    }

    private byte @Nullable [] fetch(Wire.Fetch question, BooleanSupplier stop) {
      CompletableFuture<Wire.Message> answer =
          asked.computeIfAbsent(
              question,
              fetch -> {
                connection.send(fetch);
                return new CompletableFuture<>();
              });
      boolean lost = false;
      for (int i = 0; i < FETCH_LOOKS && !lost && !stop.getAsBoolean(); i++) {
        try {
          return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                  instanceof Wire.FilePart(String _, long _, byte[] _, byte[] bytes)
              ? bytes
              : null;
        } catch (TimeoutException e) {
          lost = answer.isCancelled();
        } catch (CancellationException | ExecutionException e) {
          lost = true;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          lost = true;
        }
      }
      throw new Work.UnfitException(
          stop.getAsBoolean()
              ? "it was stopped while it fetched a file"
              : "the learner does not send a file that it offers");
    }

    private void begin(Run run, byte[] stage, byte[] job) {
      running.put(run.job, run);
      if (closing) {
        return; // the dispatcher gives it to another when this is closed
      }
      try {
        threads.execute(() -> {
          connection.send(perform(run, stage, job));
          running.remove(run.job);
        });
      } catch (RejectedExecutionException e) {
        return; // closing, this very moment
      }
    }

    private Wire.Message perform(Run run, byte[] stage, byte[] job) {
      try {
        return new Wire.Result(run.job, work.perform(stage, job, run));
      } catch (Work.UnfitException e) {
        return new Wire.Unfit(run.job, reason(e));
      } catch (Throwable e) {
        // Everything: the dispatcher waits for an answer, and a task's code may throw anything.
        return new Wire.Failure(run.job, reason(e));
      }
    }

    private static String reason(Throwable e) {
      String message = String.valueOf(e.getMessage() == null ? e : e.getMessage());
      return message.substring(0, Math.min(message.length(), MOST_REASON));
    }
  }

  private static final class Run implements Work.Reports {
    private final Link link;
    private final long job;
    private volatile boolean stopWanted;

    Run(Link link, long job) {
      this.link = link;
      this.job = job;
    }

    @Override
    public void report(byte[] bytes) {
      link.connection.send(new Wire.Report(job, bytes));
    }

    @Override
    public boolean stopWanted() {
      return stopWanted;
    }

    @Override
    public byte @Nullable [] fetch(String sha256, long offset) {
      return link.fetch(new Wire.Fetch(sha256, offset), this::stopWanted);
    }
  }
}
