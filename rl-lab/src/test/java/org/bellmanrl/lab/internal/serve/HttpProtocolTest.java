package org.bellmanrl.lab.internal.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Interaction;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.lab.Rl;
import org.bellmanrl.lab.RlProcess;
import org.bellmanrl.lab.serve.EpisodeProtocol.Endpoint;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.tabular.td.QLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class HttpProtocolTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CORRIDOR =
      "{name: test/Corridor-v0, observations: {discrete: 5}, actions: {discrete: 2},"
          + " max_episode_steps: 50}";

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir Path folder;

  private record Reply(int status, JsonNode content) {
    String error() {
      return content.path("error").asString();
    }
  }

  private static Endpoint server(
      String spaces, int clients, double patience, String secret, String... origins) {
    EnvironmentSpec spec = SpacesFile.of(Document.parse("spaces", spaces));
    Streams streams = Streams.of(0);
    RunProgress progress = new RunProgress(Budget.steps(2000));
    EpisodeService.Returns returns = new EpisodeService.Returns();
    Interaction interaction =
        Interaction.learning(
            spec,
            clients,
            new QLearning(
                LearnerContext.of(spec, clients, streams, progress), QLearning.defaults()),
            streams.rows(Role.POLICY, clients),
            progress,
            List.of(returns));
    return Endpoints.open(
        new HttpProtocol(List.of(origins)),
        new EpisodeService(spec, interaction, returns, patience),
        "localhost",
        0,
        secret,
        s -> {});
  }

  private Reply ask(int port, String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    String text = response.body().isEmpty() ? "{}" : response.body();
    return new Reply(response.statusCode(), JSON.readTree(text));
  }

  /** Walks to the right end, which pays 1; returns how many steps that took. */
  private int walk(int port) throws Exception {
    Reply reply = ask(port, "POST", "/episodes", "{\"observation\": 0}");
    assertThat(reply.status()).as(reply.error()).isEqualTo(201);
    String path = "/episodes/" + reply.content().path("episode").asLong();
    int place = 0;
    for (int steps = 1; ; steps++) {
      place = Math.max(0, place + (reply.content().path("action").asInt() == 1 ? 1 : -1));
      boolean end = place == 4;
      reply =
          ask(
              port,
              "POST",
              path,
              "{\"reward\": %s, \"observation\": %d, \"terminated\": %b}"
                  .formatted(end ? 1 : -0.01, place, end));
      assertThat(reply.status()).as(reply.error()).isEqualTo(200);
      if (reply.content().path("ended").asBoolean()) {
        return steps;
      }
    }
  }

  @Test
  void severalClients_teachOneLearner() throws Exception {
    try (Endpoint server = server(CORRIDOR, 4, 60, "");
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> last = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        last.add(
            clients.submit(() -> {
              for (int episode = 0; episode < 60; episode++) {
                walk(server.port());
              }
              return walk(server.port());
            }));
      }
      int steps = 0;
      for (Future<Integer> client : last) {
        steps += client.get();
      }
      assertThat(steps).as("four walks, each of which needs four steps").isLessThan(40);
      JsonNode status = ask(server.port(), "GET", "/", "").content();
      assertThat(status.path("episodes").asInt()).isEqualTo(4 * 61);
      assertThat(status.path("running").asInt()).isZero();
      assertThat(status.path("mean_return").asDouble()).isGreaterThan(0.5);
    }
  }

  @Test
  void requests_thatAreWrong_areRefusedAndChangeNothing() throws Exception {
    try (Endpoint server = server(CORRIDOR, 1, 60, "")) {
      int port = server.port();
      assertThat(ask(port, "POST", "/episodes", "{\"observation\": 5}").error())
          .contains("Discrete(5)", "was 5");
      assertThat(ask(port, "POST", "/episodes", "{\"observation\": 0.5}").status()).isEqualTo(400);
      assertThat(ask(port, "POST", "/episodes", "{\"observation\": [0, 1]}").status())
          .isEqualTo(400);
      assertThat(ask(port, "POST", "/episodes", "{\"seen\": 0}").error()).contains("'seen'");
      assertThat(ask(port, "POST", "/episodes", "{\"observation\"").status()).isEqualTo(400);
      assertThat(ask(port, "GET", "/episodes", "").status()).isEqualTo(405);
      assertThat(ask(port, "GET", "/nothing", "").status()).isEqualTo(404);
      assertThat(ask(port, "POST", "/episodes/7", "{\"reward\": 1, \"observation\": 0}").error())
          .contains("no episode 7");
      assertThat(ask(port, "GET", "/", "", "Origin", "http://evil.example").status())
          .isEqualTo(403);

      Reply begun = ask(port, "POST", "/episodes", "{\"observation\": 0}");
      String path = "/episodes/" + begun.content().path("episode").asLong();
      assertThat(ask(port, "POST", "/episodes", "{\"observation\": 0}").status()).isEqualTo(503);
      assertThat(ask(port, "POST", path, "{\"reward\": \"x\", \"observation\": 1}").error())
          .contains("reward must be a finite number, was x");
      assertThat(ask(port, "POST", path, "{\"reward\": 1, \"observation\": 9}").status())
          .isEqualTo(400);
      assertThat(ask(port, "POST", path, "{\"reward\": 1, \"observation\": 1}").status())
          .isEqualTo(200);
      assertThat(ask(port, "GET", "/", "").content().path("steps").asInt()).isOne();
      assertThat(ask(port, "DELETE", path, "").status()).isEqualTo(204);
      assertThat(ask(port, "POST", path, "{\"reward\": 1, \"observation\": 1}").status())
          .isEqualTo(404);
    }
  }

  @Test
  void pages_areAnsweredFromAllowedOriginsOnly() throws Exception {
    String page = "http://localhost:5173";
    try (Endpoint server = server(CORRIDOR, 1, 60, "s3cret", page, "https://game.example")) {
      int port = server.port();
      assertThat(raw(port, "OPTIONS", "/episodes", page, ""))
          .startsWith("HTTP/1.1 204")
          .containsIgnoringCase("Access-Control-Allow-Origin: " + page)
          .containsIgnoringCase("Access-Control-Allow-Headers: Authorization, Content-Type");
      assertThat(raw(port, "POST", "/episodes", page, "{\"observation\": 0}"))
          .startsWith("HTTP/1.1 401")
          .containsIgnoringCase("Access-Control-Allow-Origin: " + page);
      String secret = page + "\r\nAuthorization: Bearer s3cret";
      assertThat(raw(port, "POST", "/episodes", secret, "{\"observation\": 0}"))
          .startsWith("HTTP/1.1 201")
          .containsIgnoringCase("Vary: Origin");
      for (String foreign :
          List.of(
              "http://localhost:5174", "https://localhost:5173", "null", page + ".evil.example")) {
        assertThat(raw(port, "OPTIONS", "/episodes", foreign, ""))
            .startsWith("HTTP/1.1 403")
            .doesNotContainIgnoringCase("Access-Control");
      }
    }
    assertThatThrownBy(() -> new HttpProtocol(List.of("localhost:5173")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'localhost:5173'");
  }

  /** What is answered to a request that is written as it goes over the wire. */
  private static String raw(int port, String method, String path, String origin, String body)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          "%s %s HTTP/1.1\r\nHost: localhost:%d\r\nOrigin: %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(method, path, port, origin, body.length(), body);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void bodies_ofAnyBytes_areAnswered() throws Exception {
    Random random = new Random(1);
    String good = "{\"observation\": 0, \"mask\": [true], \"reward\": 1e3, \"x\": {\"y\": [1, 2]}}";
    try (Endpoint server = server(CORRIDOR, 1, 1e-9, "")) {
      for (int i = 0; i < 300; i++) {
        char[] body = good.toCharArray();
        for (int j = random.nextInt(6); j >= 0; j--) {
          body[random.nextInt(body.length)] = (char) random.nextInt(1, 128);
        }
        assertThat(ask(server.port(), "POST", "/episodes", new String(body)).status())
            .isIn(201, 400);
      }
    }
  }

  @Test
  void lostClients_makeRoom() throws Exception {
    try (Endpoint server = server(CORRIDOR, 1, 1e-9, "")) {
      Reply lost = ask(server.port(), "POST", "/episodes", "{\"observation\": 0}");
      assertThat(walk(server.port())).isPositive();
      assertThat(
              ask(
                      server.port(),
                      "POST",
                      "/episodes/" + lost.content().path("episode").asLong(),
                      "{\"reward\": 0, \"observation\": 1}")
                  .error())
          .contains("abandoned");
    }
  }

  @Test
  void secret_isAskedFor_andNeededBeyondThisMachine() throws Exception {
    try (Endpoint server = server(CORRIDOR, 1, 60, "s3cret")) {
      assertThat(ask(server.port(), "GET", "/", "").status()).isEqualTo(401);
      assertThat(ask(server.port(), "GET", "/", "", "Authorization", "Bearer x").status())
          .isEqualTo(401);
      assertThat(ask(server.port(), "GET", "/", "", "Authorization", "Bearer s3cret").status())
          .isEqualTo(200);
    }
    EnvironmentSpec spec = SpacesFile.of(Document.parse("spaces", CORRIDOR));
    EpisodeService.Returns returns = new EpisodeService.Returns();
    Interaction interaction =
        Interaction.learning(
            spec, 1, 0, Budget.steps(1), c -> new QLearning(c, QLearning.defaults()));
    EpisodeService service = new EpisodeService(spec, interaction, returns, 1);
    HttpProtocol http = new HttpProtocol(List.of());
    assertThatThrownBy(() -> Endpoints.open(http, service, "0.0.0.0", 0, "", s -> {}))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("BELLMAN_SECRET");
    assertThatThrownBy(() -> Endpoints.open(http, service, "localhost", 65536, "", s -> {}))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("65536");
  }

  @Test
  void spaces_ofEveryKind_areReadAndAnswered() throws Exception {
    String spaces =
        """
        observations:
          dict:
            at: {box: {shape: [2], low: [-1, -2], high: 5}}
            bits: {multi-binary: 3}
            picture: {pixels: [2, 2, 1]}
            both: {tuple: [{discrete: 3}, {multi-discrete: [2, 4]}]}
        actions: {discrete: 2}
        masked: true
        """;
    EnvironmentSpec spec = SpacesFile.of(Document.parse("spaces", spaces));
    JsonValues values = new JsonValues(spec.observationSpace());
    var columns = new org.bellmanrl.api.space.Columns(spec.observationSpace(), 2);
    String text =
        "{\"at\": [0.5, -2], \"bits\": [1, 0, 1], \"both\": [2, [1, 3]], \"picture\": [[[0], [7]],"
            + " [[255], [1]]]}";
    values.write(Document.parse("value", text).entries(), columns, 1);
    assertThat(values.read(columns, 1).toString())
        .isEqualTo("{at=[0.5, -2.0], bits=[1, 0, 1], both=[2, [1, 3]], picture=[0, 7, 255, 1]}");
    assertThatThrownBy(() -> SpacesFile.of(Document.parse("spaces", "{actions: {discrete: 2}}")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("observations");
    assertThatThrownBy(() ->
            SpacesFile.of(
                Document.parse("spaces", "{observations: {number: 2}, actions: {discrete: 2}}")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("unknown space 'number'");
  }

  @Test
  void server_thatIsStopped_goesOnWhereItWas_andItsPolicyIsServedToo() throws Exception {
    Path spaces = Files.writeString(folder.resolve("spaces.yaml"), CORRIDOR);
    Path out = folder.resolve("out");
    Object[] words = {
      "serve", "q-learning", "--spaces", spaces, "--port", "0", "--out", out, "--steps", "500"
    };
    try (RlProcess process = RlProcess.start(folder, words)) {
      int port = port(process);
      for (int i = 0; i < 40; i++) {
        walk(port);
      }
      process.signal("TERM");
      assertThat(process.status()).isEqualTo(143);
    }
    assertThat(Policies.load(out.resolve("policy.zip")).spec().name())
        .isEqualTo("test/Corridor-v0");
    try (RlProcess process = RlProcess.start(folder, words)) {
      int port = port(process);
      assertThat(process.output()).contains("goes on from");
      assertThat(ask(port, "GET", "/", "").content().path("episodes").asInt()).isEqualTo(40);
      process.signal("TERM");
      process.status();
    }
    words[9] = "600";
    assertThat(Rl.run(words).err()).contains("other settings");
    try (RlProcess process =
        RlProcess.start(folder, "serve", out.resolve("policy.zip"), "--port", "0")) {
      int port = port(process);
      assertThat(walk(port)).isEqualTo(4);
      assertThat(ask(port, "GET", "/", "").content().path("learning").asBoolean()).isFalse();
    }
  }

  /** Files may be no larger than a KiB: as on a full disk, what was learned can't be kept. */
  @Test
  void server_thatCantSave_warnsAndEndsWhenItIsTold() throws Exception {
    Path spaces =
        Files.writeString(
            folder.resolve("spaces.yaml"),
            "{observations: {discrete: 999}, actions: {discrete: 2}}");
    List<String> small = List.of("bash", "-c", "ulimit -f 1; exec \"$@\"", "bash");
    Object[] words = {
      "serve", "q-learning", "--spaces", spaces, "--port", "0", "--out", folder.resolve("out")
    };
    try (RlProcess process = RlProcess.startIn(folder, small, words)) {
      port(process);
      process.signal("TERM");
      process.status();
      assertThat(process.output())
          .contains("warning: cannot write ", "what was learned since the last save is lost");
    }
  }

  @Test
  void folder_ofAServer_isItsAlone_andChecked() throws Exception {
    Path spaces = Files.writeString(folder.resolve("spaces.yaml"), CORRIDOR);
    Path out = folder.resolve("out");
    Object[] words = {"serve", "q-learning", "--spaces", spaces, "--port", "0", "--out", out};
    try (RlProcess process = RlProcess.start(folder, words)) {
      port(process);
      Rl second = Rl.run(words);
      assertThat(second.status()).isEqualTo(2);
      assertThat(second.err()).contains("another run is writing to " + out);
      process.signal("TERM");
      process.status();
    }
    Path state = out.resolve("learner.state");
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length / 2] ^= 1;
    Files.write(state, bytes);
    Rl damaged = Rl.run(words);
    assertThat(damaged.status()).isEqualTo(2);
    assertThat(damaged.err()).contains(state + ": ", "restore it from a copy");
    Rl foreign = Rl.run("serve", "q-learning", "--spaces", spaces, "--port", "0", "--out", folder);
    assertThat(foreign.status()).isEqualTo(2);
    assertThat(foreign.err()).contains(folder + " is not empty");
    Rl unnamed = Rl.run("serve", "q-learning", "--spaces", out.resolve("policy.zip"));
    assertThat(unnamed.err()).contains("policy.zip is not a file of spaces but ");
  }

  private static int port(RlProcess process) throws Exception {
    while (!process.output().contains("; Ctrl-C")) {
      assertThat(process.isAlive()).as(process.output()).isTrue();
      Thread.sleep(20);
    }
    String output = process.output();
    int at = output.lastIndexOf("localhost:") + "localhost:".length();
    return Integer.parseInt(output.substring(at, output.indexOf('/', at)));
  }
}
