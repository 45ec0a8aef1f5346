package org.bellmanrl.lab.internal.watch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellmanrl.lab.Main;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command of {@code rl} with a live page, run in this process, and a client of the page. */
final class Page implements AutoCloseable {
  private static final long SECONDS = 600;
  private static final Pattern ADDRESS = Pattern.compile("watch it at {2}(http://\\S+/)");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Thread thread;
  private final String url;

  private Page(Object... words) throws InterruptedException {
    List<String> texts = new ArrayList<>();
    for (Object word : words) {
      texts.add(word.toString());
    }
    thread =
        Thread.ofPlatform()
            .start(() ->
                status.complete(Main.run(stream(out), stream(err), texts.toArray(String[]::new))));
    url = address();
  }

  /** Runs a command until it has told where its page is. */
  static Page of(Object... words) throws InterruptedException {
    return new Page(words);
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private String address() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() - end < 0 && !status.isDone()) {
      Matcher matcher = ADDRESS.matcher(out());
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(5);
    }
    throw new AssertionError("no address was told: " + out() + err());
  }

  String url() {
    return url;
  }

  int port() {
    return URI.create(url).getPort();
  }

  /** What was printed so far. */
  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** What was complained about so far. */
  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** The exit status, once the command has ended. */
  int status() throws Exception {
    return status.get(SECONDS, TimeUnit.SECONDS);
  }

  /**
   * The exit status of a run that was told to stop, once it has told that all is saved; it is not
   * waited for until the page has shown this to everybody.
   */
  int stopped() throws Exception {
    while (!out().contains("go on with:") && !status.isDone()) {
      Thread.sleep(5);
    }
    thread.interrupt();
    return status();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
  }

  HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url + path)).POST(HttpRequest.BodyPublishers.noBody()));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return new JsonMapper().readTree(response.body());
  }

  /** How the run stands, once it is known. */
  JsonNode state() throws IOException, InterruptedException {
    JsonNode state = json("state");
    for (int i = 0; i < SECONDS * 100 && !state.has("step"); i++) {
      Thread.sleep(10);
      state = json("state");
    }
    return state;
  }

  /**
   * How often the thread that trains has waited. A run that is paused waits in ticks, and renews
   * what it shows between them.
   */
  long waits() {
    return ManagementFactory.getThreadMXBean().getThreadInfo(thread.threadId()).getWaitedCount();
  }

  /** The first line of what comes back for a request as it stands. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      StringBuilder line = new StringBuilder();
      for (int c = socket.getInputStream().read(); c >= 0 && c != '\r'; ) {
        line.append((char) c);
        c = socket.getInputStream().read();
      }
      return line.toString();
    }
  }

  /** Ends the command, if it hasn't ended by itself. */
  void end() throws Exception {
    if (!status.isDone()) {
      thread.interrupt();
    }
    status();
  }

  @Override
  public void close() {
    try {
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      client.shutdownNow();
    }
  }
}
