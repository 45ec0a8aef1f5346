package org.bellmanrl.cluster.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bellmanrl.lab.cluster.ClusterException;
import org.bellmanrl.lab.cluster.Membership;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in. With a certificate all connections are TLS 1.3, and both sides show one that the
 * cluster's authority has signed. A shared secret is proved by HMAC-SHA256 over the other side's
 * nonce; it never crosses the network, but without a certificate what follows is in the clear.
 */
final class Security {
  /** Files of certificates are guarded by their permissions, not by this. */
  static final String PASSWORD = "bellman";

  private static final String MAC = "HmacSHA256";
  private static final String TLS = "TLSv1.3";
  private static final int NONCE = 32;
  private static final int CONNECT_MILLIS = 5_000;

  private final String secret;
  private final @Nullable SSLContext tls;

  Security(Membership membership) {
    this.secret = membership.secret();
    this.tls = membership.certificate().map(Security::context).orElse(null);
  }

  /**
   * Refuses an address that others can reach where nothing keeps them out.
   *
   * @throws ClusterException if there is neither a secret nor a certificate
   */
  static void requireGuarded(Membership membership, InetAddress own) {
    if (!own.isLoopbackAddress()
        && membership.secret().isEmpty()
        && membership.certificate().isEmpty()) {
      throw new ClusterException(
          "%s can be reached from other machines: give --secret FILE, a file with the same words on all of them, or --certificate FILE, see ./rl cluster certificates --help"
              .formatted(own.getHostAddress()));
    }
  }

  private static SSLContext context(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, PASSWORD.toCharArray());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance(TLS);
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new ClusterException(
          "cannot use the certificate %s: %s; ./rl cluster certificates makes one"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** A socket that listens on a free port of an address. */
  ServerSocket listen(InetAddress own) throws IOException {
    if (tls == null) {
      return new ServerSocket(0, 0, own);
    }
    SSLServerSocket socket =
        (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(0, 0, own);
    socket.setNeedClientAuth(true);
    return socket;
  }

  /** A connected socket. */
  @SuppressWarnings("AddressSelection") // the name is a member's own address
  Socket connect(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      if (tls == null) {
        return socket;
      }
      SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, port, true);
      secured.startHandshake();
      return secured;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A new nonce. */
  static byte[] nonce() {
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce);
    return nonce;
  }

  /** Proof that this process knows the secret, in its part, over the other side's nonce. */
  byte[] proof(String part, byte[] nonce) {
    try {
      Mac mac = Mac.getInstance(MAC);
      // A key must not be empty; where there is no secret, this keeps nobody out.
      mac.init(new SecretKeySpec(("bellman " + secret).getBytes(StandardCharsets.UTF_8), MAC));
      mac.update(part.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(nonce);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has " + MAC, e);
    }
  }

  /** What is proved of a file that a dispatcher offers. */
  static String file(String sha256) {
    return "file " + sha256;
  }

  /** Whether the other side knows the secret. */
  boolean proves(byte[] proof, String part, byte[] nonce) {
    return MessageDigest.isEqual(proof, proof(part, nonce));
  }
}
