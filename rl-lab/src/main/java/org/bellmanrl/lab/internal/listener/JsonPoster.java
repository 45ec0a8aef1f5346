package org.bellmanrl.lab.internal.listener;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bellmanrl.results.document.Json;

/**
 * Sends JSON to a server in the background, one after the other, so that training waits for no
 * network. What can't be sent is lost; the first such loss is logged, and with every other the
 * number of them at the end.
 */
final class JsonPoster implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(JsonPoster.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI base;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("poster").factory());
  private final AtomicInteger lost = new AtomicInteger();

  /** Something that talks to the server. */
  @FunctionalInterface
  interface Talk {
    void run() throws IOException, InterruptedException;
  }

  /**
   * Sends to a server.
   *
   * @throws IllegalArgumentException if the address is not one of HTTP
   */
  JsonPoster(String url) {
    this.base = URI.create(url);
    String scheme = String.valueOf(base.getScheme());
    if (!scheme.matches("https?") || base.getHost() == null) {
      throw new IllegalArgumentException(
          "url must be an address such as http://localhost:5000, was '" + url + "'");
    }
  }

  /** Does something on the background thread, after everything that was given before. */
  void later(Talk talk) {
    thread.execute(() -> {
      try {
        talk.run();
      } catch (IOException | RuntimeException e) {
        if (lost.getAndIncrement() == 0) {
          LOGGER.log(System.Logger.Level.WARNING, "cannot report to " + base + ": " + e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /** Posts a value as JSON and returns the answer; for the background thread. */
  String post(String path, Object value) throws IOException, InterruptedException {
    return answer(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.line(value))));
  }

  /** Gets an answer; for the background thread. */
  String get(String path) throws IOException, InterruptedException {
    return answer(HttpRequest.newBuilder(at(path)).GET());
  }

  private URI at(String path) {
    return path.isEmpty() ? base : URI.create(base.toString().replaceAll("/$", "") + path);
  }

  private String answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException("status " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  /** Waits some seconds for what is still to be sent. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
    if (lost.get() > 1) {
      LOGGER.log(System.Logger.Level.WARNING, lost + " reports to " + base + " were lost");
    }
    client.close();
  }
}
