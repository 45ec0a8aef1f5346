package org.bellmanrl.lab.internal.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.bellmanrl.lab.cluster.ClusterProvider;
import org.bellmanrl.lab.cluster.JobDispatcher;
import org.bellmanrl.lab.cluster.Membership;
import org.bellmanrl.lab.internal.rounds.RoundEngine;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/** The workers that a command has work for: those of a cluster, and those that it starts itself. */
public final class Workers implements AutoCloseable {
  private final JobDispatcher dispatcher;
  private final @Nullable LocalWorkers local;

  private Workers(JobDispatcher dispatcher, @Nullable LocalWorkers local) {
    this.dispatcher = dispatcher;
    this.local = local;
  }

  /**
   * Joins a cluster.
   *
   * @param membership where it is; empty for one that consists of local workers
   * @param count how many workers to start on this machine
   * @param words options that they are given besides those about the cluster
   * @param files that workers may fetch, by their SHA-256
   * @param warnings takes lines about workers; called from any thread
   */
  public static Workers join(
      Optional<Membership> membership,
      int count,
      List<String> words,
      Map<String, Path> files,
      Consumer<String> warnings) {
    Membership cluster = membership.orElseGet(Workers::here);
    ClusterProvider provider = RemoteProtocol.provider();
    CompletableFuture<JobDispatcher> joined = new CompletableFuture<>();
    // Nobody else can come to a cluster that consists of local workers.
    Runnable lastFailed = membership.isPresent() ? () -> {} : () -> joined.join().close();
    List<String> more = new ArrayList<>(words);
    if (membership.isEmpty()) {
      more.add("--alone");
    }
    // They start while this process joins.
    LocalWorkers local = count == 0 ? null : start(cluster, count, more, warnings, lastFailed);
    try {
      JobDispatcher dispatcher =
          provider.dispatch(cluster, RemoteProtocol.facts(), files, warnings);
      joined.complete(dispatcher);
      return new Workers(dispatcher, local);
    } catch (RuntimeException e) {
      if (local != null) {
        local.close();
      }
      throw e;
    }
  }

  private static LocalWorkers start(
      Membership cluster,
      int count,
      List<String> more,
      Consumer<String> warnings,
      Runnable lastFailed) {
    List<String> words = new ArrayList<>(List.of("--join", cluster.address(), "--attended"));
    int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / count);
    words.addAll(List.of("--cores", Integer.toString(cores)));
    words.addAll(more);
    return new LocalWorkers(count, words, warnings, lastFailed);
  }

  /** A free address that no other machine can reach. */
  private static Membership here() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
      return Membership.of(loopback.getHostAddress() + ":" + free.getLocalPort());
    } catch (IOException e) {
      throw new UserError("cannot listen at " + loopback + ": " + e.getMessage(), e);
    }
  }

  /** Dispatches work to them. */
  public JobDispatcher dispatcher() {
    return dispatcher;
  }

  /** Steps the rows of a run on them. */
  public RoundEngine.Maker rounds() {
    return (assembler, experiment, stopping, warnings) ->
        new RemoteRounds(dispatcher, assembler, experiment, stopping, warnings);
  }

  @Override
  public void close() {
    dispatcher.close();
    if (local != null) {
      local.close();
    }
  }
}
