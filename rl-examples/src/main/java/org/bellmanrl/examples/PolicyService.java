package org.bellmanrl.examples;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.policy.ShippedPolicy;

/**
 * Answers over HTTP what a learned policy would do: {@code POST /act} with an observation as a JSON
 * array of numbers, {@code [0.02, -0.3, 0.01, 0.4]}, gives {@code {"action": 1}}; {@code GET /card}
 * tells what is served. Needs rl-policy, and rl-deep if the policy is a network.
 *
 * <p>Each request has its own thread, which costs little, as it is a virtual one. Each processor
 * has its own actor: a request waits until one of them is free.
 */
public final class PolicyService implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final int MOST_BYTES = 1 << 16;
  private static final int DEFAULT_PORT = 8080;

  static {
    // Before the JDK's server is first used: connections that send nothing must not use up all
    // descriptors of the process.
    System.getProperties().putIfAbsent("jdk.httpserver.maxConnections", "1000");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", "10");
  }

  private final ShippedPolicy policy;
  private final BlockingQueue<Desk> desks;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** Where one observation at a time is answered. */
  private record Desk(Actor actor, Observations seen, Actions chosen, Rows row) {}

  private PolicyService(ShippedPolicy policy, HttpServer server) {
    if (policy.spec().masked()) {
      throw new IllegalArgumentException(
          policy.spec().name() + " needs a mask of allowed actions, which nobody can send here");
    }
    this.policy = policy;
    this.server = server;
    int count = Runtime.getRuntime().availableProcessors();
    this.desks = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      desks.add(
          new Desk(
              policy.actor(1, RandomStreams.ofSeeds(i)),
              policy.observations(1),
              policy.actions(1),
              Rows.all(1)));
    }
  }

  /**
   * Starts to serve to this machine.
   *
   * @param port where; 0 for any that is free
   * @throws IOException if the port is taken
   */
  public static PolicyService start(ShippedPolicy policy, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    PolicyService service = new PolicyService(policy, HttpServer.create(address, 0));
    service.server.setExecutor(service.threads);
    service.server.createContext("/", service::answer);
    service.server.start();
    return service;
  }

  /** Serves a file: {@code PolicyService policy.zip [PORT]}. */
  public static void main(String[] arguments) throws IOException {
    ShippedPolicy policy = Policies.load(Path.of(arguments[0]));
    int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_PORT;
    System.out.println("serving " + policy.spec().name() + " at " + start(policy, port).address());
  }

  /** Where it is served. */
  public URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      // A context takes whatever begins with its path.
      String path = exchange.getRequestURI().getPath();
      String method = path.equals("/card") ? "GET" : "POST";
      if (!isForUs(exchange.getRequestHeaders())) {
        send(exchange, 403, "application/json", error("ask for " + address()));
      } else if (!path.equals("/card") && !path.equals("/act")) {
        send(exchange, 404, "application/json", error("there are /act and /card"));
      } else if (!exchange.getRequestMethod().equals(method)) {
        exchange.getResponseHeaders().set("Allow", method);
        send(exchange, 405, "application/json", error("only " + method + " is answered"));
      } else if (method.equals("GET")) {
        send(exchange, 200, "text/markdown; charset=utf-8", policy.card());
      } else {
        act(exchange);
      }
    }
  }

  /**
   * Whether a request names this machine, and does not come from a page of another server. Such a
   * page can make its own name mean this machine, but the browser still says that name in Host.
   */
  private boolean isForUs(Headers headers) {
    String port = ":" + server.getAddress().getPort();
    String host = String.valueOf(headers.getFirst("Host"));
    String origin = headers.getFirst("Origin");
    return Set.of("localhost" + port, "127.0.0.1" + port, "[::1]" + port).contains(host)
        && (origin == null || origin.equals("http://" + host));
  }

  private void act(HttpExchange exchange) throws IOException {
    byte[] body;
    try (InputStream in = exchange.getRequestBody()) {
      body = in.readNBytes(MOST_BYTES + 1);
    }
    if (body.length > MOST_BYTES) {
      send(exchange, 413, "application/json", error("at most " + MOST_BYTES + " bytes"));
      return;
    }
    try {
      String action = action(numbers(new String(body, StandardCharsets.UTF_8)));
      send(exchange, 200, "application/json", "{\"action\": " + action + "}");
    } catch (IllegalArgumentException e) {
      send(exchange, 400, "application/json", error(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      send(exchange, 503, "application/json", error("closing"));
    }
  }

  /** What the policy does where these numbers are observed. */
  private String action(double[] observation) throws InterruptedException {
    Desk desk = desks.take();
    try {
      write(observation, desk.seen.values());
      desk.actor.act(desk.row, desk.seen, desk.chosen);
      return text(desk.chosen.values());
    } finally {
      desks.add(desk);
    }
  }

  private void write(double[] observation, Columns into) {
    int next = 0;
    for (Leaf leaf : into.layout().leaves()) {
      for (int i = 0; i < leaf.width() && next < observation.length; i++) {
        double number = observation[next++];
        int at = leaf.offset() + i;
        switch (leaf.dtype()) {
          case FLOAT32 -> into.floats()[at] = (float) number;
          case INT32 -> into.ints()[at] = whole(number);
          case UINT8 -> into.bytes()[at] = (byte) Math.clamp(whole(number), 0, 255);
        }
      }
    }
    int wanted = into.layout().ints() + into.layout().floats() + into.layout().bytes();
    if (observation.length != wanted || !policy.observationSpace().contains(into, 0)) {
      throw new IllegalArgumentException(
          "an observation must be %d numbers in %s, was %d numbers"
              .formatted(wanted, policy.observationSpace(), observation.length));
    }
  }

  private static int whole(double number) {
    if (number != Math.rint(number)) {
      throw new IllegalArgumentException("expected a whole number, was " + number);
    }
    return (int) number;
  }

  private String text(Columns action) {
    StringBuilder text = new StringBuilder();
    for (Leaf leaf : action.layout().leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        int at = leaf.offset() + i;
        text.append(text.isEmpty() ? "" : ", ");
        switch (leaf.dtype()) {
          case FLOAT32 -> text.append(action.floats()[at]);
          case INT32 -> text.append(action.ints()[at]);
          case UINT8 -> text.append(action.bytes()[at] & 0xff);
        }
      }
    }
    return policy.actionSpace() instanceof Discrete ? text.toString() : "[" + text + "]";
  }

  /** The numbers in a flat JSON array. */
  private static double[] numbers(String json) {
    String text = json.strip();
    if (!text.startsWith("[") || !text.endsWith("]") || text.length() < 2) {
      throw new IllegalArgumentException("expected a JSON array of numbers, such as [0.1, -2]");
    }
    String[] words = text.substring(1, text.length() - 1).split(",", -1);
    double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      String word = words[i].strip();
      numbers[i] = NUMBER.matcher(word).matches() ? Double.parseDouble(word) : Double.NaN;
      if (!Float.isFinite((float) numbers[i])) {
        throw new IllegalArgumentException("element " + i + " of the array is no finite number");
      }
    }
    return numbers;
  }

  private static String error(String message) {
    return "{\"error\": \"" + message.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
