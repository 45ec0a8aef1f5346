package org.bellmanrl.lab.internal.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.bellmanrl.lab.serve.EpisodeProtocol;
import org.bellmanrl.lab.serve.Episodes;
import org.bellmanrl.results.document.UserError;

/** Finds protocols, and opens them where that is safe. */
public final class Endpoints {
  private Endpoints() {}

  /**
   * A protocol that a module adds.
   *
   * @throws UserError if it is not there
   */
  public static EpisodeProtocol added(String id) {
    return ServiceLoader.load(EpisodeProtocol.class, Endpoints.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .filter(protocol -> protocol.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                "the module rl-%s is not there: use ./rl, or put it on the class path"
                    .formatted(id)));
  }

  /**
   * Begins to serve by a protocol.
   *
   * @param host where to listen, a name or an address
   * @param port where to listen; 0 for any port that is free
   * @param secret what calls must carry; empty for none
   * @param problems takes a line about each defect
   * @throws UserError if it can't listen there, or would serve other machines without a secret
   */
  public static EpisodeProtocol.Endpoint open(
      EpisodeProtocol protocol,
      Episodes episodes,
      String host,
      int port,
      String secret,
      Consumer<String> problems) {
    if (port < 0 || port > 65535) {
      throw new UserError("a port must be in [0, 65535], was " + port);
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      if (!address.isLoopbackAddress() && secret.isEmpty()) {
        throw new UserError(
            "other machines are served only with a secret: set BELLMAN_SECRET here and there");
      }
      return protocol.open(episodes, new InetSocketAddress(address, port), secret, problems);
    } catch (IOException e) {
      throw new UserError(
          "cannot listen on port %d of %s: %s".formatted(port, host, e.getMessage()), e);
    }
  }
}
