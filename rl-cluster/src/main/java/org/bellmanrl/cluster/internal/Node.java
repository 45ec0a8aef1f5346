package org.bellmanrl.cluster.internal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Leave;
import org.apache.pekko.cluster.typed.Subscribe;
import org.bellmanrl.lab.cluster.ClusterException;
import org.bellmanrl.lab.cluster.Membership;
import org.jspecify.annotations.Nullable;

/**
 * This process as a member of a Pekko cluster. Members tell one another what they are by their
 * roles, which are part of the membership: no message of ours goes through Pekko.
 *
 * <p>A node that was downed, because others could not reach it, joins again under another
 * incarnation; so does the founder, and those that have lost the founder. Nothing but the list of
 * members depends on that.
 */
final class Node implements AutoCloseable {
  private static final String SYSTEM = "bellman";
  private static final long REJOIN_MILLIS = 1_000;
  private static final long LEAVE_SECONDS = 3;

  /** What it may take to found a cluster on a machine that is busy. */
  private static final long FOUND_MILLIS = 30_000;

  private static final int MOST_FAILURES = 3;

  private final Membership membership;
  private final InetAddress own;
  private final String ownHost;
  private final Set<String> roles;
  private final boolean founding;
  private final Watcher watcher;
  private final CountDownLatch joined = new CountDownLatch(1);
  private volatile boolean founder;
  private volatile boolean closing;
  private volatile @Nullable ActorSystem<ClusterEvent.ClusterDomainEvent> system;
  private volatile @Nullable RuntimeException failure;

  /**
   * A member.
   *
   * @param host where its node is
   * @param port where its node is
   * @param roles what it is
   * @param reachable whether all members can reach it
   */
  record Peer(String host, int port, Set<String> roles, boolean reachable) {
    /** Its address, {@code HOST:PORT}. */
    String address() {
      return host + ":" + port;
    }

    static Peer of(Member member, boolean reachable) {
      Address address = member.address();
      return new Peer(
          address.getHost().orElse(""),
          address.getPort().orElse(0),
          new TreeSet<>(member.getRoles()),
          reachable);
    }

    /** The rest of the role that begins with a word; empty if there is none. */
    String role(String word) {
      return roles.stream()
          .filter(role -> role.startsWith(word + "-"))
          .map(role -> role.substring(word.length() + 1))
          .findFirst()
          .orElse("");
    }
  }

  /** Is told of all members whenever something changes, by one thread at a time. */
  interface Watcher {
    /**
     * Takes the members.
     *
     * @param self this node's address, {@code HOST:PORT}
     * @param peers all members, this one too; none while this node is no member
     */
    void changed(String self, List<Peer> peers);
  }

  /**
   * Begins to join.
   *
   * @param own this machine's address, see {@link #ownAddress}
   * @param roles what this node is
   * @param founding whether it may found the cluster
   */
  Node(
      Membership membership,
      InetAddress own,
      Set<String> roles,
      boolean founding,
      Watcher watcher) {
    this.membership = membership;
    this.own = own;
    this.ownHost = isLocal(resolve(membership.host())) ? membership.host() : own.getHostAddress();
    this.roles = roles;
    this.founding = founding;
    this.watcher = watcher;
    Thread.ofPlatform().daemon().name("cluster-node").start(this::stay);
  }

  /** The address by which others reach this process. */
  static InetAddress ownAddress(Membership membership) {
    if (membership.own().isPresent()) {
      return resolve(membership.own().get());
    }
    InetAddress founder = resolve(membership.host());
    if (isLocal(founder)) {
      return founder;
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      // Sends nothing: the system only looks which of its addresses leads there.
      socket.connect(new InetSocketAddress(founder, membership.port()));
      return socket.getLocalAddress();
    } catch (IOException | RuntimeException e) {
      throw new ClusterException("there is no way to " + membership.address() + ": " + e, e);
    }
  }

  @SuppressWarnings("AddressSelection") // one address of a member is enough
  private static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new ClusterException("unknown host '" + host + "'", e);
    }
  }

  private static boolean isLocal(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Waits until this node is a member, at most so long, or longer if it waits for nobody but
   * itself; whether it is. It goes on trying afterwards, as long as it takes.
   *
   * @throws ClusterException if it has failed several times by then; it is closed
   */
  boolean awaitJoined(long millis) {
    try {
      boolean in =
          joined.await(millis, TimeUnit.MILLISECONDS)
              || (founder && joined.await(FOUND_MILLIS, TimeUnit.MILLISECONDS));
      RuntimeException e = failure;
      if (e != null) {
        close();
        throw e;
      }
      return in;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void stay() {
    try {
      for (int failures = 0; !closing; Thread.sleep(REJOIN_MILLIS)) {
        try {
          ActorSystem<ClusterEvent.ClusterDomainEvent> current = start();
          failures = 0;
          system = current;
          if (closing) {
            current.terminate();
          }
          current.getWhenTerminated().toCompletableFuture().join();
          if (!closing) {
            watcher.changed("", List.of());
          }
        } catch (Exception e) {
          if (e instanceof InterruptedException) {
            throw e;
          }
          // Another process may have taken the founder's port this very moment. Pekko is written in
          // Scala, which throws checked exceptions without saying so: of a machine that is too busy
          // to bind the port in time, for one.
          failures++;
          if (failures == MOST_FAILURES) {
            failure =
                new ClusterException(
                    "cannot join %s from %s: %s"
                        .formatted(membership.address(), ownHost, e.getMessage()),
                    e);
            joined.countDown();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ActorSystem<ClusterEvent.ClusterDomainEvent> start() {
    return ActorSystem.create(
        Behaviors.setup(context -> member(context.getSystem(), context.getSelf())),
        SYSTEM,
        config());
  }

  private Behavior<ClusterEvent.ClusterDomainEvent> member(
      ActorSystem<Void> within, ActorRef<ClusterEvent.ClusterDomainEvent> self) {
    Cluster cluster = Cluster.get(within);
    cluster.subscriptions().tell(Subscribe.create(self, ClusterEvent.ClusterDomainEvent.class));
    Map<Address, Member> members = new LinkedHashMap<>();
    Set<Address> unreachable = new LinkedHashSet<>();
    return Behaviors.receiveMessage(event -> {
      switch (event) {
        case ClusterEvent.MemberEvent change -> {
          Member member = change.member();
          if (member.status().equals(MemberStatus.removed())) {
            members.remove(member.address());
            unreachable.remove(member.address());
            if (isFounder(member.address())) {
              // The next process to start will look for others there, so this one must too.
              within.terminate();
            }
          } else {
            members.put(member.address(), member);
            if (member.address().equals(cluster.selfMember().address())) {
              joined.countDown();
            }
          }
        }
        case ClusterEvent.UnreachableMember lost -> unreachable.add(lost.member().address());
        case ClusterEvent.ReachableMember back -> unreachable.remove(back.member().address());
        default -> {
          return Behaviors.same();
        }
      }
      if (!closing) {
        watcher.changed(Peer.of(cluster.selfMember(), true).address(), peers(members, unreachable));
      }
      return Behaviors.same();
    });
  }

  private boolean isFounder(Address address) {
    return address.getHost().orElse("").equals(membership.host())
        && address.getPort().orElse(0).equals(membership.port());
  }

  private static List<Peer> peers(Map<Address, Member> members, Set<Address> unreachable) {
    Map<String, Peer> sorted = new TreeMap<>();
    members.forEach((address, member) -> {
      Peer peer = Peer.of(member, !unreachable.contains(address));
      sorted.put(peer.address(), peer);
    });
    return new ArrayList<>(sorted.values());
  }

  /** The founder's port if it is free here and this node may found the cluster, else any. */
  private int port() {
    if (!founding || !isLocal(resolve(membership.host()))) {
      return 0;
    }
    try (ServerSocket free = new ServerSocket(membership.port(), 1, own)) {
      founder = true;
      return free.getLocalPort();
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Not of files: what others put on the class path or into system properties changes nothing. The
   * oldest learner's side of a partition stays, since that is where work comes from; a learner that
   * is alone stays too. A node that is downed ends its system, not the JVM.
   */
  private Config config() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("pekko.loglevel", "OFF");
    // A logger that says nothing still has to start in time, or the system does not.
    values.put("pekko.loggers", List.of());
    values.put("pekko.stdout-loglevel", "OFF");
    values.put("pekko.daemonic", "on");
    values.put("pekko.jvm-exit-on-fatal-error", "off");
    // A hook of Pekko's would close its connections at a Ctrl-C, before anybody can say goodbye.
    values.put("pekko.jvm-shutdown-hooks", "off");
    values.put("pekko.actor.provider", "cluster");
    values.put("pekko.actor.allow-java-serialization", "off");
    values.put("pekko.remote.artery.transport", "tcp");
    values.put("pekko.remote.artery.canonical.hostname", ownHost);
    values.put("pekko.remote.artery.canonical.port", port());
    values.put("pekko.remote.artery.bind.hostname", own.getHostAddress());
    values.put("pekko.remote.artery.bind.bind-timeout", "30s");
    values.put(
        "pekko.cluster.seed-nodes",
        List.of("pekko://%s@%s:%d".formatted(SYSTEM, membership.host(), membership.port())));
    values.put("pekko.cluster.roles", List.copyOf(roles));
    values.put("pekko.cluster.jmx.enabled", "off");
    values.put("pekko.cluster.retry-unsuccessful-join-after", "1s");
    // How long a node that finds no founder waits before it asks again.
    values.put("pekko.cluster.seed-node-timeout", "500ms");
    values.put("pekko.cluster.gossip-interval", "200ms");
    values.put("pekko.cluster.leader-actions-interval", "200ms");
    values.put("pekko.cluster.periodic-tasks-initial-delay", "200ms");
    values.put("pekko.cluster.allow-weakly-up-members", "1s");
    values.put(
        "pekko.cluster.downing-provider-class",
        "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider");
    values.put("pekko.cluster.split-brain-resolver.active-strategy", "keep-oldest");
    values.put("pekko.cluster.split-brain-resolver.stable-after", "5s");
    values.put("pekko.cluster.split-brain-resolver.keep-oldest.role", Roles.LEARNER);
    values.put("pekko.cluster.split-brain-resolver.keep-oldest.down-if-alone", "off");
    values.put("pekko.coordinated-shutdown.exit-jvm", "off");
    values.put("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off");
    values.put("pekko.coordinated-shutdown.default-phase-timeout", "1s");
    values.put("pekko.coordinated-shutdown.phases.cluster-exiting.timeout", "1s");
    membership
        .certificate()
        .ifPresent(file -> {
          String ssl = "pekko.remote.artery.ssl.config-ssl-engine.";
          values.put("pekko.remote.artery.transport", "tls-tcp");
          for (String store : List.of("key-store", "trust-store")) {
            values.put(ssl + store, file.toAbsolutePath().toString());
            values.put(ssl + store + "-password", Security.PASSWORD);
          }
          values.put(ssl + "key-password", Security.PASSWORD);
          values.put(ssl + "protocol", "TLSv1.3");
          values.put(
              ssl + "enabled-algorithms",
              List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"));
        });
    ClassLoader loader = Node.class.getClassLoader();
    return ConfigFactory.parseMap(values)
        .withFallback(ConfigFactory.defaultReferenceUnresolved(loader))
        .resolve();
  }

  /** Ends without leaving. */
  void abandon() {
    closing = true;
    ActorSystem<ClusterEvent.ClusterDomainEvent> current = system;
    if (current != null) {
      current.terminate();
    }
  }

  /** Leaves the cluster and tells the others; gives up waiting for them after some seconds. */
  @Override
  public void close() {
    closing = true;
    ActorSystem<ClusterEvent.ClusterDomainEvent> current = system;
    if (current != null) {
      try {
        Cluster cluster = Cluster.get(current);
        cluster.manager().tell(Leave.create(cluster.selfMember().address()));
      } catch (IllegalStateException e) {
        current.terminate(); // it is ending already, since the founder has left
      }
      try {
        current.getWhenTerminated().toCompletableFuture().get(LEAVE_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException e) {
        current.terminate();
      } catch (InterruptedException e) {
        current.terminate();
        Thread.currentThread().interrupt();
      }
    }
  }
}
