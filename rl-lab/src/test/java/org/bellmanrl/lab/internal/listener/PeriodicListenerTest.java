package org.bellmanrl.lab.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bellmanrl.lab.Rl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Listeners that tell others of a run: a file, an address, an MLflow server. */
class PeriodicListenerTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** A request to the stand-in server. */
  private record Request(String path, JsonNode body) {}

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @TempDir Path folder;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String text =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String path = exchange.getRequestURI().toString();
          requests.add(new Request(path, JSON.readTree(text.isEmpty() ? "{}" : text)));
          boolean missing = path.contains("get-by-name");
          String answer =
              path.endsWith("experiments/create")
                  ? "{\"experiment_id\": \"7\"}"
                  : path.endsWith("runs/create")
                      ? "{\"run\": {\"info\": {\"run_id\": \"r1\"}}}"
                      : "{}";
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(missing ? 404 : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServing() {
    server.stop(0);
  }

  private String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private String train(String listener) {
    return Rl.ok(
        "train",
        "q-learning",
        "FrozenLake-v1",
        "--steps",
        5000,
        "--listen",
        listener,
        "--quiet",
        "--out",
        folder.resolve("run"));
  }

  @Test
  void stream_writesALineOfJsonForEachReport() throws IOException {
    Path file = folder.resolve("numbers.jsonl");

    train("stream:file=" + file + ",every=1000");

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSizeBetween(5, 6);
    JsonNode first = JSON.readTree(lines.getFirst());
    assertThat(first.path("step").asInt()).isGreaterThanOrEqualTo(1000);
    assertThat(first.path("length").asDouble()).isGreaterThan(1);
    assertThat(first.path("epsilon").asDouble()).isPositive();
  }

  @Test
  void stream_asCsv_writesALineForEachNumber() throws IOException {
    Path file = folder.resolve("numbers.csv");

    train("stream:file=" + file + ",form=csv,every=5000");

    assertThat(Files.readAllLines(file))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches("\\d+,\\d+,\\w+,[-0-9.E]+"));
  }

  /** As on a full disk: the run is worth more than its numbers. */
  @Test
  void stream_thatCantBeWritten_isGoneOnWithout() {
    assertThat(train("stream:file=" + folder + ",every=1000")).contains("mean return");
  }

  @Test
  void webhook_isToldOfProgressAndOfTheEnd() {
    train("webhook:url=" + url() + "/hook,every=1000");

    assertThat(requests)
        .hasSizeGreaterThan(4)
        .allSatisfy(request -> {
          assertThat(request.path()).isEqualTo("/hook");
          assertThat(request.body().path("environment").asString()).isEqualTo("FrozenLake-v1");
        });
    assertThat(requests.getLast().body().path("event").asString()).isEqualTo("stopped");
    assertThat(requests.getLast().body().path("step").asInt()).isEqualTo(5000);
  }

  @Test
  void mlflow_isToldOfSettingsAndNumbers() {
    train("mlflow:url=" + url() + ",experiment=lake,every=1000");

    assertThat(requests.stream().map(Request::path))
        .startsWith(
            "/api/2.0/mlflow/experiments/get-by-name?experiment_name=lake",
            "/api/2.0/mlflow/experiments/create",
            "/api/2.0/mlflow/runs/create")
        .endsWith("/api/2.0/mlflow/runs/update");
    assertThat(requests.get(2).body().path("experiment_id").asString()).isEqualTo("7");
    JsonNode settings = requests.get(3).body();
    assertThat(settings.path("run_id").asString()).isEqualTo("r1");
    assertThat(settings.path("params").valueStream())
        .anySatisfy(parameter -> {
          assertThat(parameter.path("key").asString()).isEqualTo("learner.id");
          assertThat(parameter.path("value").asString()).isEqualTo("q-learning");
        });
    assertThat(requests.stream().flatMap(request -> request.body().path("metrics").valueStream()))
        .anySatisfy(metric -> {
          assertThat(metric.path("key").asString()).isEqualTo("return");
          assertThat(metric.path("step").asInt()).isGreaterThanOrEqualTo(1000);
        });
    assertThat(requests.getLast().body().path("status").asString()).isEqualTo("FINISHED");
  }

  @Test
  void url_thatIsNone_isRefused() {
    assertThatThrownBy(() -> new JsonPoster("ftp://x").close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://localhost:5000");
  }

  @Test
  void plateau_ofReturns_stops() {
    String out =
        Rl.ok(
            "train",
            "q-learning",
            "FrozenLake-v1",
            "--env",
            "is_slippery=false",
            "--steps",
            1_000_000,
            "--listen",
            "plateau-stop:patience=20000",
            "--out",
            folder.resolve("run"));

    assertThat(out).contains("stopped by plateau-stop");
  }
}
