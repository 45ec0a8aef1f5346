package org.bellmanrl.lab.internal.watch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page of a {@link Watch} over HTTP, each request in its own virtual thread, to those
 * who ask for it by a name of this machine and from a page of this server. Connections that send
 * nothing are closed after some seconds, and those beyond a number at once: they must not use up
 * the descriptors that the run needs for its files.
 */
public final class WatchServer implements AutoCloseable {
  /** The default port. */
  public static final int DEFAULT_PORT = 8421;

  /** The default host, which this machine alone can reach. */
  public static final String LOOPBACK = "localhost";

  /** A browser holds six connections for each of its tabs. */
  private static final int MOST_CONNECTIONS = 64;

  private static final int REQUEST_SECONDS = 5;
  private static final int ANSWER_SECONDS = 30;

  static {
    // The JDK's server reads these when it is first used; those that the user has set stand.
    limit("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
    limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
    limit("sun.net.httpserver.maxRspTime", ANSWER_SECONDS);
  }

  private static final int MOST_BODY = 1024;
  private static final double MOST_SHARE = 10_000;
  private static final int FRAME_WAIT_MILLIS = 1000;
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final Set<String> READS =
      Set.of("/state", "/frame", "/grid", "/values", "/surface");
  private static final Set<String> CONTROLS = Set.of("/pause", "/resume", "/speed", "/stop");

  /** What people do in the picture, whether or not there is a training to control. */
  private static final Set<String> HANDS = Set.of("/click", "/hands", "/key");

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final Watch watch;
  private final Consumer<String> problems;
  private final PageFiles files = new PageFiles();
  private final AllowedHosts hosts;
  private final String host;
  private final boolean moved;
  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /** An answer other than the requested one. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String why) {
      super(why, null, false, false);
      this.status = status;
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody writes to it
  private record Answer(int status, String type, byte[] content) {
    static Answer json(String text) {
      return new Answer(200, JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer nothing() {
      return new Answer(204, "", new byte[0]);
    }

    static Answer text(int status, String text) {
      return new Answer(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void limit(String property, int most) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(most));
    }
  }

  private WatchServer(Watch watch, String host, int port, Consumer<String> problems) {
    this.watch = watch;
    this.problems = problems;
    this.host = host;
    InetAddress address = address(host);
    this.hosts = new AllowedHosts(host, address);
    @Nullable HttpServer made = bind(address, port);
    this.moved = made == null;
    if (made == null) {
      made = bind(address, 0);
    }
    if (made == null) {
      throw new UserError("no port of " + host + " is free");
    }
    this.server = made;
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Begins to serve.
   *
   * @param host where to listen, a name or an address
   * @param port which; 0 for any, and if it is in use, any too
   * @param problems takes descriptions of defects
   * @throws UserError if there is no such host here
   */
  public static WatchServer open(Watch watch, String host, int port, Consumer<String> problems) {
    return new WatchServer(watch, host, port, problems);
  }

  private static InetAddress address(String host) {
    try {
      return host.equals(LOOPBACK) ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new UserError("there is no host '" + host + "'; leave --watch-host out", e);
    }
  }

  /** Null if the port is in use. */
  private static @Nullable HttpServer bind(InetAddress address, int port) {
    try {
      return HttpServer.create(new InetSocketAddress(address, port), 0);
    } catch (BindException e) {
      if (String.valueOf(e.getMessage()).contains("assign")) {
        throw new UserError(
            address.getHostAddress() + " is no address of this machine; leave --watch-host out", e);
      }
      return null;
    } catch (IOException e) {
      throw new UserError("cannot listen on port " + port + ": " + e.getMessage(), e);
    }
  }

  /** Whether this is another port than the requested one, which was in use. */
  public boolean moved() {
    return moved;
  }

  /** The port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** What to type into a browser. */
  public String url() {
    String name = server.getAddress().getAddress().isAnyLocalAddress() ? LOOPBACK : host;
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port() + "/";
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (Refusal refusal) {
        answer = Answer.text(refusal.status, refusal.why());
      } catch (RuntimeException e) {
        problems.accept("the live page could not answer " + exchange.getRequestURI() + ": " + e);
        answer = Answer.text(500, "something went wrong");
      }
      send(exchange, answer);
    } catch (IOException e) {
      // The browser has gone away; whoever comes next is answered.
      return;
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    HEADERS.forEach(headers::set);
    if (!answer.type.isEmpty()) {
      headers.set("Content-Type", answer.type);
    }
    // To HEAD the same headers are sent, without the length: the JDK's server would log a warning
    // of it.
    int length = isHead(exchange) ? 0 : answer.content.length;
    exchange.sendResponseHeaders(answer.status, length == 0 ? -1 : length);
    if (length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer.content);
      }
    }
  }

  private static boolean isHead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }

  private Answer answer(HttpExchange exchange) throws IOException, Refusal {
    checkOrigin(exchange.getRequestHeaders());
    String path = String.valueOf(exchange.getRequestURI().getPath());
    PageFiles.File file = files.file(path);
    boolean write = CONTROLS.contains(path) || HANDS.contains(path);
    if (file == null && !write && !READS.contains(path)) {
      throw new Refusal(404, "there is no such page here");
    }
    String method = write ? "POST" : "GET";
    if (!exchange.getRequestMethod().equals(method) && (write || !isHead(exchange))) {
      exchange.getResponseHeaders().set("Allow", method);
      throw new Refusal(405, "only " + method + " will do here");
    }
    String body = body(exchange);
    Map<String, Long> query = query(exchange.getRequestURI().getRawQuery());
    if (file != null) {
      only(query, Set.of());
      return new Answer(200, file.type(), file.content());
    }
    return write ? write(path, query, body) : read(path, query);
  }

  private void checkOrigin(Headers headers) throws Refusal {
    List<String> names = headers.getOrDefault("Host", List.of());
    if (names.size() != 1 || !hosts.has(names.getFirst(), port())) {
      throw new Refusal(403, "this server has another name; ask for " + url());
    }
    for (String origin : headers.getOrDefault("Origin", List.of())) {
      if (!origin.equalsIgnoreCase("http://" + names.getFirst())) {
        throw new Refusal(403, "other pages have no access");
      }
    }
  }

  private static String body(HttpExchange exchange) throws IOException, Refusal {
    // Not closed here: that would wait for the rest of a body that is too long.
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
    if (body.length > MOST_BODY) {
      exchange.getResponseHeaders().set("Connection", "close");
      throw new Refusal(413, "at most " + MOST_BODY + " bytes, please");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Names with whole numbers. */
  private static Map<String, Long> query(@Nullable String text) throws Refusal {
    Map<String, Long> query = new TreeMap<>();
    if (text == null || text.isEmpty()) {
      return query;
    }
    for (String part : text.split("&", -1)) {
      int at = part.indexOf('=');
      if (at < 1 || !part.substring(at + 1).matches("\\d{1,18}")) {
        throw new Refusal(400, "a query is NAME=NUMBER&…, with whole numbers from 0");
      }
      if (query.put(part.substring(0, at), Long.parseLong(part.substring(at + 1))) != null) {
        throw new Refusal(400, "the same name stands twice in the query");
      }
    }
    return query;
  }

  private static void only(Map<String, Long> query, Set<String> names) throws Refusal {
    if (!names.containsAll(query.keySet())) {
      throw new Refusal(400, "the query has a name that is unknown here");
    }
  }

  private Answer read(String path, Map<String, Long> query) throws Refusal {
    return switch (path) {
      case "/state" -> {
        only(query, Set.of("after", "per"));
        yield Answer.json(
            watch.state(query.getOrDefault("after", 0L), query.getOrDefault("per", 0L)));
      }
      case "/frame" -> {
        only(query, Set.of("after"));
        yield orNothing(watch.frame(query.getOrDefault("after", 0L), FRAME_WAIT_MILLIS));
      }
      case "/grid" -> {
        only(query, Set.of());
        yield orNothing(watch.grid());
      }
      case "/surface" -> {
        only(query, Set.of("x", "y", "step"));
        long x = query.getOrDefault("x", 0L);
        long y = query.getOrDefault("y", 1L);
        if (Math.max(x, y) >= watch.elements()) {
          throw new Refusal(400, "the observation has no such element to draw values over");
        }
        yield orNothing(watch.surface((int) x, (int) y, query.getOrDefault("step", -1L)));
      }
      default -> {
        only(query, Set.of("layer", "step"));
        long layer = query.getOrDefault("layer", 0L);
        if (layer >= Math.max(1, watch.layers())) {
          throw new Refusal(400, "there is no such layer");
        }
        yield orNothing(watch.values((int) layer, query.getOrDefault("step", -1L)));
      }
    };
  }

  private static Answer orNothing(Optional<String> json) {
    return json.map(Answer::json).orElseGet(Answer::nothing);
  }

  private Answer write(String path, Map<String, Long> query, String body) throws Refusal {
    if (!body.isEmpty()) {
      throw new Refusal(400, "nothing is read from a body");
    }
    if (HANDS.contains(path)) {
      playAlong(path, query);
    } else {
      control(path, query);
    }
    return Answer.nothing();
  }

  private void control(String path, Map<String, Long> query) throws Refusal {
    only(query, path.equals("/speed") ? Set.of("steps") : Set.of());
    if (!watch.controllable()) {
      throw new Refusal(409, "the run is over");
    }
    switch (path) {
      case "/pause" -> watch.pause();
      case "/resume" -> watch.resume();
      case "/stop" -> watch.stop();
      default -> {
        Long steps = query.get("steps");
        if (steps == null) {
          throw new Refusal(
              400, "say how many steps a second: /speed?steps=100, or 0 for no limit");
        }
        watch.speed(steps);
      }
    }
  }

  private void playAlong(String path, Map<String, Long> query) throws Refusal {
    switch (path) {
      case "/click" -> {
        only(query, Set.of("x", "y"));
        long x = query.getOrDefault("x", Long.MAX_VALUE);
        long y = query.getOrDefault("y", Long.MAX_VALUE);
        if (Math.max(x, y) > MOST_SHARE) {
          throw new Refusal(
              400, "say where, in ten-thousandths of the picture: /click?x=5000&y=2500");
        }
        if (!watch.clickable()) {
          throw new Refusal(409, "clicks do nothing here");
        }
        watch.input().click(x / MOST_SHARE, y / MOST_SHARE);
      }
      case "/hands" -> {
        only(query, Set.of("on"));
        requireActions();
        watch.input().play(query.getOrDefault("on", 1L) != 0);
      }
      default -> {
        only(query, Set.of("action"));
        requireActions();
        long action = query.getOrDefault("action", (long) ViewerInput.NONE);
        if (action >= watch.actions().size()) {
          throw new Refusal(400, "there is no such action");
        }
        watch.input().press((int) action);
      }
    }
  }

  private void requireActions() throws Refusal {
    if (watch.actions().isEmpty()) {
      throw new Refusal(409, "there are no single actions that a key could stand for");
    }
  }

  /** Stops serving, in the middle of answers too. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
