package org.bellmanrl.lab.internal.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.lab.internal.watch.AllowedHosts;
import org.bellmanrl.lab.serve.EpisodeProtocol;
import org.bellmanrl.lab.serve.Episodes;
import org.bellmanrl.lab.serve.RefusedException;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.Json;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Episodes over HTTP, in JSON.
 *
 * <pre>
 * GET    /               what is served, and how far it is
 * POST   /episodes       {"observation": …}                                → {"episode": 7, "action": …}
 * POST   /episodes/7     {"reward": 1, "observation": …, "terminated": false} → {"action": …} or {"ended": true}
 * DELETE /episodes/7     abandons it
 * </pre>
 *
 * <p>A request that is wrong is answered with {@code {"error": …}} and changes nothing. With a
 * secret, requests must carry it as {@code Authorization: Bearer SECRET}. Requests of web pages are
 * answered only if the pages come from an origin that is allowed.
 */
public final class HttpProtocol implements EpisodeProtocol {
  private static final int MOST_BODY = 1 << 22;
  private static final Pattern EPISODE = Pattern.compile("/episodes/(\\d{1,18})");

  /** As browsers name where a page comes from. */
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:\\d{1,5})?");

  static {
    // Before the JDK's server is first used: connections that send nothing must not use up all
    // descriptors of the process.
    System.getProperties().putIfAbsent("jdk.httpserver.maxConnections", "1000");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", "10");
    // A small answer must not wait until the one before it is acknowledged.
    System.getProperties().putIfAbsent("sun.net.httpserver.nodelay", "true");
  }

  private final Set<String> origins;

  /**
   * The protocol.
   *
   * @param origins where the web pages come from whose requests are answered, such as {@code
   *     http://localhost:5173}; those of all others are refused
   * @throws UserError if a browser could never name one of them
   */
  public HttpProtocol(List<String> origins) {
    for (String origin : origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new UserError(
            "an origin must be http:// or https://, a host in small letters, and a port where it is not the usual one, such as http://localhost:5173, was '%s'"
                .formatted(origin));
      }
    }
    this.origins = Set.copyOf(origins);
  }

  @Override
  public String id() {
    return "http";
  }

  @Override
  public Endpoint open(
      Episodes episodes, InetSocketAddress address, String secret, Consumer<String> problems)
      throws IOException {
    return new Server(episodes, address, secret, problems);
  }

  /** An answer: an HTTP status, and what is written as JSON, if anything. */
  private record Answer(int status, @Nullable Map<String, ?> content) {
    static Answer error(int status, String message) {
      return new Answer(status, Map.of("error", message));
    }
  }

  private final class Server implements Endpoint {
    private final Episodes episodes;
    private final JsonEpisodes json;
    private final String secret;
    private final Consumer<String> problems;
    private final AllowedHosts hosts;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Server(Episodes episodes, InetSocketAddress address, String secret, Consumer<String> problems)
        throws IOException {
      this.episodes = episodes;
      this.json = new JsonEpisodes(episodes);
      this.secret = secret;
      this.problems = problems;
      this.hosts = new AllowedHosts(address.getHostString(), address.getAddress());
      this.server = HttpServer.create(address, 0);
      server.setExecutor(threads);
      server.createContext("/", this::handle);
      server.start();
    }

    @Override
    public int port() {
      return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) {
      try (exchange) {
        Answer answer;
        try {
          answer = answer(exchange);
        } catch (RefusedException e) {
          answer = Answer.error(status(e.reason()), String.valueOf(e.getMessage()));
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

    private Answer answer(HttpExchange exchange) throws IOException, RefusedException {
      Headers headers = exchange.getRequestHeaders();
      List<String> names = headers.getOrDefault("Host", List.of());
      if (names.size() != 1 || !hosts.has(names.getFirst(), port())) {
        return Answer.error(403, "this server has another name");
      }
      String method = exchange.getRequestMethod();
      List<String> pages = headers.getOrDefault("Origin", List.of());
      if (!pages.isEmpty()) {
        if (pages.size() != 1 || !origins.contains(pages.getFirst())) {
          return Answer.error(
              403,
              "pages of %s are not answered; ./rl serve --origin ORIGIN allows them"
                  .formatted(String.join(", ", pages)));
        }
        Headers answered = exchange.getResponseHeaders();
        answered.set("Access-Control-Allow-Origin", pages.getFirst());
        answered.set("Vary", "Origin");
        if (method.equals("OPTIONS")) {
          // What a browser asks before it sends a secret or another header that not every form can.
          answered.set("Access-Control-Allow-Methods", "GET, POST, DELETE");
          answered.set("Access-Control-Allow-Headers", "Authorization, Content-Type");
          answered.set("Access-Control-Max-Age", "3600");
          return new Answer(204, null);
        }
      }
      byte[] given =
          String.valueOf(headers.getFirst("Authorization")).getBytes(StandardCharsets.UTF_8);
      byte[] wanted = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
      if (!secret.isEmpty() && !MessageDigest.isEqual(given, wanted)) {
        return Answer.error(401, "send the secret: Authorization: Bearer SECRET");
      }
      byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
      if (body.length > MOST_BODY) {
        exchange.getResponseHeaders().set("Connection", "close");
        return Answer.error(413, "at most " + MOST_BODY + " bytes");
      }
      String path = String.valueOf(exchange.getRequestURI().getPath());
      Matcher episode = EPISODE.matcher(path);
      if (path.equals("/")) {
        return method.equals("GET") ? new Answer(200, json.status()) : only(exchange, "GET");
      }
      if (path.equals("/episodes")) {
        return method.equals("POST")
            ? new Answer(201, json.begin(entries(body)))
            : only(exchange, "POST");
      }
      if (!episode.matches()) {
        return Answer.error(404, "there are /, /episodes and /episodes/NUMBER");
      }
      long number = Long.parseLong(episode.group(1));
      return switch (method) {
        case "POST" -> new Answer(200, json.step(number, entries(body)));
        case "DELETE" -> {
          episodes.abandon(number);
          yield new Answer(204, null);
        }
        default -> only(exchange, "POST, DELETE");
      };
    }

    private static Answer only(HttpExchange exchange, String methods) {
      exchange.getResponseHeaders().set("Allow", methods);
      return Answer.error(405, "only " + methods + " is answered here");
    }

    private static Map<String, @Nullable Object> entries(byte[] body) {
      return Document.parse("the request", new String(body, StandardCharsets.UTF_8)).entries();
    }

    private static int status(RefusedException.Reason reason) {
      return switch (reason) {
        case INVALID -> 400;
        case UNKNOWN -> 404;
        case FULL -> 503;
      };
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

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
