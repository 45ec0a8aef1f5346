package org.bellmanrl.lab.internal.watch;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The host names under which the page may be requested.
 *
 * <p>A page elsewhere can make its own name mean this machine, and then talk to us as if it came
 * from here; but the browser still says that name in the header Host.
 */
public final class AllowedHosts {
  private final Set<String> names = new HashSet<>();

  /**
   * The names of an address that is listened on.
   *
   * @param given as the user gave it
   */
  public AllowedHosts(String given, InetAddress address) {
    add(given);
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
    }
    add(address.getHostAddress());
    if (address.isAnyLocalAddress()) {
      addAll();
    }
  }

  private void addAll() {
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .forEach(address -> add(address.getHostAddress()));
      add(InetAddress.getLocalHost().getHostName());
    } catch (SocketException | UnknownHostException e) {
      // The name of this machine is unknown: the names above remain.
      return;
    }
  }

  private void add(String name) {
    String bare = name.contains("%") ? name.substring(0, name.indexOf('%')) : name;
    names.add((bare.contains(":") ? "[" + bare + "]" : bare).toLowerCase(Locale.ROOT));
  }

  /** Whether a header Host names us. */
  public boolean has(String header, int port) {
    String host = header.toLowerCase(Locale.ROOT);
    String end = ":" + port;
    if (host.endsWith(end)) {
      return names.contains(host.substring(0, host.length() - end.length()));
    }
    return port == 80 && names.contains(host);
  }
}
