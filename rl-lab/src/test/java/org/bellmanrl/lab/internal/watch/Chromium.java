package org.bellmanrl.lab.internal.watch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bellmanrl.results.document.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium with one page, spoken to in its DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final long SECONDS = 600;

  private final Process process;
  private final Path profile;
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final WebSocket socket;
  private int calls;

  private Chromium(Path program, Path profile) throws Exception {
    this.profile = profile;
    this.process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--hide-scrollbars",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      this.socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create(page(port())), new Receiver())
              .get(SECONDS, TimeUnit.SECONDS);
      call("Runtime.enable", Map.of());
      call("Log.enable", Map.of());
      call("Page.enable", Map.of());
    } catch (Exception | Error e) {
      end();
      throw e;
    }
  }

  /** Where there is one on this machine; the system property {@code chromium} may name it. */
  static Optional<Path> find() {
    String given = System.getProperty("chromium", "");
    Stream<Path> candidates =
        given.isEmpty()
            ? Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
            : Stream.of(Path.of(given));
    return candidates.filter(Files::isExecutable).findFirst();
  }

  /** Starts one, with a profile that is removed at the end. */
  static Chromium start(Path program) throws Exception {
    return new Chromium(program, Files.createTempDirectory("chromium"));
  }

  private int port() throws Exception {
    Path file = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < SECONDS * 20; i++) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (!lines.isEmpty()) {
          return Integer.parseInt(lines.getFirst());
        }
      }
      if (!process.isAlive()) {
        throw new IllegalStateException("chromium ended with status " + process.exitValue());
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("chromium did not begin to listen");
  }

  private String page(int port) throws Exception {
    for (int i = 0; i < SECONDS * 20; i++) {
      String targets =
          client
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      for (JsonNode target : json.readTree(targets)) {
        if (target.path("type").asString().equals("page")) {
          return target.path("webSocketDebuggerUrl").asString();
        }
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("chromium has no page");
  }

  /** What the console was told of errors, and what was thrown without being caught. */
  List<String> complaints() {
    return new ArrayList<>(complaints);
  }

  /** Calls a method of the protocol and waits for its result. */
  JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = ++calls;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket
        .sendText(Json.text(Map.of("id", id, "method", method, "params", parameters)), true)
        .get(SECONDS, TimeUnit.SECONDS);
    JsonNode message = answer.get(SECONDS, TimeUnit.SECONDS);
    if (message.has("error")) {
      throw new IllegalStateException(method + ": " + message.path("error"));
    }
    return message.path("result");
  }

  void open(String url) throws Exception {
    call("Page.navigate", Map.of("url", url));
  }

  /** The value of an expression in the page; of a promise, what it comes to. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Waits until an expression is true. */
  void await(String expression) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!evaluate("!!(" + expression + ")").asBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(
            "in vain awaited "
                + expression
                + "; the page says: "
                + evaluate("document.body.innerText").asString()
                + "; console: "
                + complaints);
      }
      Thread.sleep(50);
    }
  }

  /** Sets the size of the window and whether dark pages are preferred. */
  void look(int width, int height, boolean dark) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** What is to be seen, as a PNG. */
  byte[] screenshot() throws Exception {
    JsonNode result =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", false));
    return Base64.getDecoder().decode(result.path("data").asString());
  }

  @Override
  public void close() {
    try {
      call("Browser.close", Map.of());
      end();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      process.destroyForcibly();
      throw new AssertionError(e);
    }
  }

  private void end() throws IOException, InterruptedException {
    client.shutdownNow();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        JsonNode message = json.readTree(part.toString());
        part.setLength(0);
        take(message);
      }
      from.request(1);
      return null;
    }

    private void take(JsonNode message) {
      JsonNode parameters = message.path("params");
      switch (message.path("method").asString("")) {
        case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
        case "Runtime.consoleAPICalled" -> {
          if (parameters.path("type").asString().matches("error|warning|assert")) {
            complaints.add(parameters.toString());
          }
        }
        case "Log.entryAdded" -> {
          if (parameters.path("entry").path("level").asString().matches("error|warning")) {
            complaints.add(parameters.toString());
          }
        }
        default -> {
          CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt(-1));
          if (answer != null) {
            answer.complete(message);
          }
        }
      }
    }
  }
}
