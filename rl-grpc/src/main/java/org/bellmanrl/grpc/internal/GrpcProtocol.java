package org.bellmanrl.grpc.internal;

import com.google.auto.service.AutoService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bellmanrl.lab.serve.EpisodeProtocol;
import org.bellmanrl.lab.serve.Episodes;

/** Episodes over gRPC. */
@AutoService(EpisodeProtocol.class)
public final class GrpcProtocol implements EpisodeProtocol {
  static final Logger LOG = Logger.getLogger("io.grpc");

  static {
    // What a client does wrong is told to the client; only defects are worth a line here.
    LOG.setLevel(Level.SEVERE);
  }

  private static final int MOST_BYTES = 1 << 22;
  private static final long KEEP_ALIVE_SECONDS = 20;
  private static final long CLOSE_MILLIS = 500;

  @Override
  public String id() {
    return "grpc";
  }

  @Override
  public Endpoint open(
      Episodes episodes, InetSocketAddress address, String secret, Consumer<String> problems)
      throws IOException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    Server server =
        NettyServerBuilder.forAddress(address, InsecureServerCredentials.create())
            .executor(threads)
            .maxInboundMessageSize(MOST_BYTES)
            // Notices clients whose machine or network has gone, so that their episodes end.
            .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .addService(
                ServerInterceptors.intercept(
                    new LearnerService(episodes, problems).definition(), new Guard(secret)))
            .build();
    try {
      server.start();
    } catch (IOException e) {
      threads.shutdownNow();
      // The cause says what is wrong with the address, which the caller names.
      throw e.getCause() instanceof IOException cause ? cause : e;
    }
    return new Open(server, threads);
  }

  private record Open(Server server, ExecutorService threads) implements Endpoint {
    @Override
    public int port() {
      return server.getPort();
    }

    @Override
    public void close() {
      server.shutdownNow();
      try {
        server.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      threads.shutdownNow();
    }
  }

  /** Refuses calls that don't carry the secret, if there is one. */
  private record Guard(String secret) implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      byte[] given = String.valueOf(headers.get(AUTHORIZATION)).getBytes(StandardCharsets.UTF_8);
      byte[] wanted = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
      if (secret.isEmpty() || MessageDigest.isEqual(given, wanted)) {
        return next.startCall(call, headers);
      }
      call.close(
          Status.UNAUTHENTICATED.withDescription(
              "send the secret as metadata, authorization: Bearer SECRET"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }
}
