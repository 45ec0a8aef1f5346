package org.bellmanrl.lab.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A way by which programs elsewhere play {@link Episodes}. */
public interface EpisodeProtocol {
  /** The option of {@code rl serve} that asks for it, without hyphens: {@code grpc}. */
  String id();

  /**
   * Begins to serve.
   *
   * @param address where to listen; port 0 for any that is free
   * @param secret what each call must carry; empty for none, which only a loopback address is
   *     opened with
   * @param problems takes a line about each defect; called from any thread
   * @throws IOException if it can't listen there
   */
  Endpoint open(
      Episodes episodes, InetSocketAddress address, String secret, Consumer<String> problems)
      throws IOException;

  /** Where a protocol listens, until it is closed. */
  interface Endpoint extends AutoCloseable {
    /** The port. */
    int port();

    /** Stops serving within a second; calls that are being answered are cut off. */
    @Override
    void close();
  }
}
