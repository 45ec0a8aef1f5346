package org.bellmanrl.cluster.internal;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bellmanrl.lab.cluster.ClusterException;
import org.bellmanrl.lab.cluster.ClusterProvider;
import org.bellmanrl.lab.cluster.JobDispatcher;
import org.bellmanrl.lab.cluster.Membership;
import org.bellmanrl.lab.cluster.Work;

/** Clusters found and watched by Apache Pekko Cluster. */
@AutoService(ClusterProvider.class)
public final class PekkoCluster implements ClusterProvider {
  private static final long JOIN_MILLIS = 5_000;
  private static final long LOOK_MILLIS = 15_000;

  @Override
  public JobDispatcher dispatch(
      Membership membership,
      Map<String, String> facts,
      Map<String, Path> files,
      Consumer<String> warnings) {
    InetAddress own = guarded(membership);
    JobServer server = new JobServer(own, new Security(membership), facts, files, warnings);
    Node node =
        new Node(
            membership,
            own,
            Set.of(Roles.LEARNER, Roles.DATA + "-" + server.port()),
            true,
            (self, peers) ->
                server.suspect(
                    peers.stream()
                        .filter(peer -> !peer.reachable())
                        .map(Node.Peer::address)
                        .collect(Collectors.toUnmodifiableSet())));
    try {
      if (!node.awaitJoined(JOIN_MILLIS)) {
        warnings.accept(
            "there is nobody at %s yet; start ./rl worker --join %s there"
                .formatted(membership.address(), membership.address()));
      }
    } catch (ClusterException e) {
      server.close();
      throw e;
    }
    return new Leaving(server, node);
  }

  @Override
  public Service work(
      Membership membership,
      int cores,
      boolean founding,
      Map<String, String> facts,
      Work work,
      Consumer<String> log) {
    InetAddress own = guarded(membership);
    Security security = new Security(membership);
    String name = own.getHostName() + "-" + ProcessHandle.current().pid();
    JobClient client = new JobClient(security, name, Math.max(cores, 1), facts, work, log);
    AtomicBoolean member = new AtomicBoolean();
    Node.Watcher watcher =
        (self, peers) -> {
          boolean joined = !peers.isEmpty();
          if (member.getAndSet(joined) != joined) {
            log.accept(
                joined
                    ? "%s has joined %s with %s"
                        .formatted(name, membership.address(), words(Integer.toString(cores)))
                    : name + " has lost the cluster; trying to join it again");
          }
          if (cores > 0) {
            client.dispatchers(self, doors(peers));
          }
        };
    Node node =
        new Node(
            membership, own, Set.of(Roles.WORKER, Roles.CORES + "-" + cores), founding, watcher);
    try {
      if (!node.awaitJoined(JOIN_MILLIS)) {
        log.accept("there is nobody at %s yet; trying on".formatted(membership.address()));
      }
    } catch (ClusterException e) {
      client.close();
      throw e;
    }
    return new Working(client, node);
  }

  /** A worker that leaves the cluster when it is closed. */
  private record Working(JobClient client, Node node) implements Service {
    @Override
    public void close() {
      CompletableFuture<Void> gone = CompletableFuture.runAsync(node::close);
      client.close();
      gone.join();
    }

    @Override
    public void abandon() {
      node.abandon();
      client.close();
    }
  }

  private static String words(String cores) {
    return cores + (cores.equals("1") ? " core" : " cores");
  }

  @Override
  public View view(Membership membership) {
    Visit visit = new Visit(membership, guarded(membership));
    if (!visit.node.awaitJoined(LOOK_MILLIS)) {
      visit.close();
      throw new ClusterException("there is nobody at " + membership.address());
    }
    return visit;
  }

  /** Sees the members of a cluster, and asks its learners what they are doing. */
  private static final class Visit implements View {
    private final Security security;
    private final Node node;
    private volatile List<Node.Peer> members = List.of();

    Visit(Membership membership, InetAddress own) {
      this.security = new Security(membership);
      this.node =
          new Node(
              membership,
              own,
              Set.of(Roles.VISITOR),
              false,
              (self, peers) -> members = List.copyOf(peers));
    }

    @Override
    public List<String> lines() {
      List<Node.Peer> now = members;
      List<String> lines = new ArrayList<>();
      for (Node.Peer peer : now) {
        if (!peer.roles().contains(Roles.VISITOR)) {
          lines.add(line(peer));
        }
      }
      for (String door : doors(now)) {
        lines.add("learner at " + door + ":");
        lines.addAll(status(security, door));
      }
      return lines;
    }

    private static String line(Node.Peer peer) {
      String cores = peer.role(Roles.CORES);
      return peer.address()
          + "  "
          + (cores.isEmpty() ? "learner" : "worker, " + words(cores))
          + (peer.reachable() ? "" : ", can't be reached");
    }

    private static List<String> status(Security security, String door) {
      int colon = door.lastIndexOf(':');
      try (Socket socket =
              security.connect(
                  door.substring(0, colon), Integer.parseInt(door.substring(colon + 1)));
          Connection connection = new Connection(socket)) {
        String refusal = JobClient.introduce(connection, security, "visitor", "", 0, Map.of());
        if (!refusal.isEmpty()) {
          return List.of("  " + refusal);
        }
        return connection.receive() instanceof Wire.Status(List<String> lines)
            ? lines.stream().map(line -> "  " + line).toList()
            : List.of("  it gave no answer");
      } catch (IOException e) {
        return List.of("  no connection: " + e.getMessage());
      }
    }

    @Override
    public void close() {
      node.close();
    }
  }

  @Override
  public Path certify(Path folder, String name) {
    return new Certificates(folder).certify(name);
  }

  private static InetAddress guarded(Membership membership) {
    InetAddress own = Node.ownAddress(membership);
    Security.requireGuarded(membership, own);
    return own;
  }

  /** Where learners dispatch jobs. */
  private static Set<String> doors(List<Node.Peer> peers) {
    return peers.stream()
        .filter(peer -> !peer.role(Roles.DATA).isEmpty())
        .map(peer -> peer.host() + ":" + peer.role(Roles.DATA))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A dispatcher that leaves the cluster when it is closed. */
  private record Leaving(JobServer server, Node node) implements JobDispatcher {
    @Override
    public Stage stage(byte[] bytes, boolean exact) {
      return server.stage(bytes, exact);
    }

    @Override
    public Job submit(Stage stage, byte[] job, Consumer<byte[]> reports) {
      return server.submit(stage, job, reports);
    }

    @Override
    public int capacity() {
      return server.capacity();
    }

    @Override
    public void close() {
      server.close();
      node.close();
    }
  }
}
