package org.bellmanrl.lab.cluster;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a cluster is and what lets a process in.
 *
 * @param host where the founder of the cluster listens, as every member can resolve it
 * @param port the founder's port, in [1, 65535]. The process that finds the port free on its
 *     machine, and the host its own, is the founder.
 * @param own the address by which others reach this process; empty for the one that is used towards
 *     the host
 * @param secret shared by all members; empty for none, which only a loopback address allows
 * @param certificate of this machine, see {@link ClusterProvider#certify}: all connections are then
 *     encrypted, and both sides show a certificate; empty for none
 */
public record Membership(
    String host, int port, Optional<String> own, String secret, Optional<Path> certificate) {
  public Membership {
    if (host.isBlank() || !host.equals(host.strip())) {
      throw new ClusterException("the host of a cluster must not be blank, was '" + host + "'");
    }
    if (port < 1 || port > 65535) {
      throw new ClusterException("the port of a cluster must be in [1, 65535], was " + port);
    }
  }

  /**
   * Reads {@code HOST:PORT}; an IPv6 address stands in brackets.
   *
   * @throws ClusterException if the text is something else
   */
  public static Membership of(String address) {
    int colon = address.lastIndexOf(':');
    try {
      return new Membership(
          address.substring(0, Math.max(colon, 0)),
          Integer.parseInt(address.substring(colon + 1)),
          Optional.empty(),
          "",
          Optional.empty());
    } catch (NumberFormatException | ClusterException e) {
      throw new ClusterException(
          "a cluster's address must be HOST:PORT, such as 127.0.0.1:2551, was '" + address + "'",
          e);
    }
  }

  /** The address of the cluster, {@code HOST:PORT}. */
  public String address() {
    return host + ":" + port;
  }

  /** Does not show the secret. */
  @Override
  public String toString() {
    return address();
  }
}
