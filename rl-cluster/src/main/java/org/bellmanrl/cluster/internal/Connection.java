package org.bellmanrl.cluster.internal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A worker and a dispatcher, connected. Any thread may {@linkplain #send send}; a thread per
 * connection writes, so that nobody waits for a slow peer. One thread receives.
 */
final class Connection implements AutoCloseable {
  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final int BUFFER = 1 << 16;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final BlockingQueue<Wire.Message> outbox = new LinkedBlockingQueue<>();

  /** Messages that have not left yet. */
  private final AtomicInteger pending = new AtomicInteger();

  private final byte[] nonce = Security.nonce();
  private final Thread writer;

  /**
   * Greets the other side.
   *
   * @throws IOException if it is no peer, or does not answer for ten seconds
   */
  Connection(Socket socket) throws IOException {
    this.socket = socket;
    this.writer = Thread.ofVirtual().name("to " + peer()).unstarted(this::write);
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    socket.setSoTimeout(HANDSHAKE_MILLIS);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
    byte[] greeting = (Wire.GREETING + "\n").getBytes(StandardCharsets.US_ASCII);
    out.write(greeting);
    out.flush();
    try {
      for (byte expected : greeting) {
        if (in.readByte() != expected) {
          throw new IOException(
              "the peer at %s does not speak '%s': it is no member of a Bellman cluster, or one of another version"
                  .formatted(socket.getRemoteSocketAddress(), Wire.GREETING));
        }
      }
    } catch (SocketTimeoutException e) {
      throw new IOException(socket.getRemoteSocketAddress() + " does not answer", e);
    }
  }

  /** Where the other side is. */
  String peer() {
    return String.valueOf(socket.getRemoteSocketAddress());
  }

  /** What the other side is to prove the secret over. */
  byte[] nonce() {
    return nonce;
  }

  /** Sends a message during the handshake, at once. */
  void say(Wire.Message message) throws IOException {
    Wire.write(out, message);
    out.flush();
  }

  /** The handshake is over: from now on {@link #send} works, and silence is no fault. */
  void open() throws IOException {
    socket.setSoTimeout(0);
    writer.start();
  }

  /** Sends a message as soon as those before it have left. */
  void send(Wire.Message message) {
    pending.incrementAndGet();
    outbox.add(message);
  }

  private void write() {
    try {
      while (!socket.isClosed()) {
        Wire.write(out, outbox.take());
        if (outbox.isEmpty()) {
          out.flush();
        }
        pending.decrementAndGet();
      }
    } catch (IOException | InterruptedException e) {
      // The reader notices, and tells.
      close();
    }
  }

  /** Whether something that was sent has not left yet. */
  boolean isSending() {
    return pending.get() > 0 && !socket.isClosed();
  }

  /** Waits for the next message. */
  Wire.Message receive() throws IOException {
    try {
      return Wire.read(in);
    } catch (EOFException e) {
      throw new IOException("the connection was closed", e);
    }
  }

  @Override
  public void close() {
    writer.interrupt();
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is lost: nobody will read or write it again.
      return;
    }
  }
}
