package org.bellmanrl.lab.internal.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.lab.internal.run.Document;
import org.bellmanrl.lab.internal.run.Json;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.internal.watch.Hosts;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EpisodeService} over HTTP, in JSON.
 *
 * <pre>
 * GET    /               what is served, and how far it is
 * POST   /episodes       {"observation": …}                                → {"episode": 7, "action": …}
 * POST   /episodes/7     {"reward": 1, "observation": …, "terminated": false} → {"action": …} or {"ended": true}
 * DELETE /episodes/7     abandons it
 * </pre>
 *
 * <p>A request that is wrong is answered with {@code {"error": …}} and changes nothing. With a
 * secret, requests must carry it as {@code Authorization: Bearer SECRET}.
 */
public final class EpisodeServer implements AutoCloseable {
  private static final int MOST_BODY = 1 << 22;
  private static final Pattern EPISODE = Pattern.compile("/episodes/(\\d{1,18})");

  static {
    // Before the JDK's server is first used: connections that send nothing must not use up all
    // descriptors of the process.
    System.getProperties().putIfAbsent("jdk.httpserver.maxConnections", "1000");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", "10");
  }

  private final EpisodeService service;
  private final String secret;
  private final Consumer<String> problems;
  private final Hosts hosts;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** An answer: an HTTP status, and what is written as JSON, if anything. */
  private record Answer(int status, @Nullable Map<String, ?> content) {
    static Answer error(int status, String message) {
      return new Answer(status, Map.of("error", message));
    }
  }

  private EpisodeServer(
      EpisodeService service,
      String host,
      InetSocketAddress address,
      String secret,
      Consumer<String> problems)
      throws IOException {
    this.service = service;
    this.secret = secret;
    this.problems = problems;
    this.hosts = new Hosts(host, address.getAddress());
    this.server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Begins to serve.
   *
   * @param host where to listen, a name or an address
   * @param port which; 0 for any that is free
   * @param secret what requests must carry; empty for none
   * @param problems hears of defects
   * @throws UserError if it can't listen there, or would serve other machines without a secret
   */
  public static EpisodeServer open(
      EpisodeService service, String host, int port, String secret, Consumer<String> problems) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (!address.isLoopbackAddress() && secret.isEmpty()) {
        throw new UserError(
            "other machines are served only with a secret: set BELLMAN_SECRET here and there");
      }
      return new EpisodeServer(
          service, host, new InetSocketAddress(address, port), secret, problems);
    } catch (IOException e) {
      throw new UserError(
          "cannot listen on port %d of %s: %s".formatted(port, host, e.getMessage()), e);
    }
  }

  /** The port. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (EpisodeService.Refused e) {
        answer = Answer.error(e.status(), String.valueOf(e.getMessage()));
      } catch (UserError e) {
        answer = Answer.error(400, String.valueOf(e.getMessage()));
      } catch (LearningException e) {
        problems.accept("learning failed: " + e.getMessage());
        answer = Answer.error(500, "learning failed: " + e.getMessage());
      } catch (RuntimeException e) {
        problems.accept("cannot answer " + exchange.getRequestURI() + ": " + e);
        answer = Answer.error(500, "something went wrong");
      }
      send(exchange, answer);
    } catch (IOException e) {
      // The caller has gone away; its episode is abandoned when its row is needed.
      return;
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException, EpisodeService.Refused {
    Headers headers = exchange.getRequestHeaders();
    List<String> names = headers.getOrDefault("Host", List.of());
    if (names.size() != 1
        || !hosts.has(names.getFirst(), port())
        || headers.containsKey("Origin")) {
      return Answer.error(403, "this server has another name, and does not answer pages");
    }
    byte[] given =
        String.valueOf(headers.getFirst("Authorization")).getBytes(StandardCharsets.UTF_8);
    byte[] wanted = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
    if (!secret.isEmpty() && !MessageDigest.isEqual(given, wanted)) {
      return Answer.error(401, "send the secret: Authorization: Bearer SECRET");
    }
    String path = String.valueOf(exchange.getRequestURI().getPath());
    String method = exchange.getRequestMethod();
    Matcher episode = EPISODE.matcher(path);
    if (path.equals("/")) {
      return method.equals("GET") ? new Answer(200, service.status()) : only(exchange, "GET");
    }
    if (path.equals("/episodes")) {
      return method.equals("POST")
          ? new Answer(201, service.begin(body(exchange)))
          : only(exchange, "POST");
    }
    if (!episode.matches()) {
      return Answer.error(404, "there are /, /episodes and /episodes/NUMBER");
    }
    long number = Long.parseLong(episode.group(1));
    return switch (method) {
      case "POST" -> new Answer(200, service.step(number, body(exchange)));
      case "DELETE" -> {
        service.abandon(number);
        yield new Answer(204, null);
      }
      default -> only(exchange, "POST, DELETE");
    };
  }

  private static Answer only(HttpExchange exchange, String methods) {
    exchange.getResponseHeaders().set("Allow", methods);
    return Answer.error(405, "only " + methods + " is answered here");
  }

  private static Map<String, @Nullable Object> body(HttpExchange exchange)
      throws IOException, EpisodeService.Refused {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
    if (body.length > MOST_BODY) {
      exchange.getResponseHeaders().set("Connection", "close");
      throw new EpisodeService.Refused(413, "at most " + MOST_BODY + " bytes");
    }
    return Document.parse("the request", new String(body, StandardCharsets.UTF_8)).entries();
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    if (answer.content == null) {
      exchange.sendResponseHeaders(answer.status, -1);
      return;
    }
    byte[] bytes = Json.text(answer.content).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status, head ? -1 : bytes.length);
    if (!head) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  /** Stops serving; who is being answered is cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
