package org.bellmanrl.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.policy.ShippedPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyServiceTest {
  private static final Box FOUR = Box.of(-2f, 2f, 4);

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  private ShippedPolicy policy(Space actions, int outputs, boolean masked) throws IOException {
    Network network =
        Network.create(NetworkSpec.mlp(4, outputs, Activation.TANH, 16), RandomStream.ofSeed(1));
    EnvironmentSpec spec = EnvironmentSpec.of("Cart-v1", FOUR, actions);
    Path file = folder.resolve("policy.zip");
    Files.write(
        file,
        Policies.toBytes(
            new ShippedPolicy(
                masked ? spec.withMask() : spec,
                new NetworkPolicy(FOUR, actions, network),
                Map.of(),
                "# A cart\n")));
    return Policies.load(file);
  }

  private HttpResponse<String> post(PolicyService service, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(service.address().resolve("/act"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void act_fromManyThreads_answersWhatThePolicyDoes() throws Exception {
    ShippedPolicy policy = policy(new Discrete(3, 1), 3, false);
    Actor actor = policy.actor(1, RandomStreams.ofSeeds(0));
    Observations seen = policy.observations(1);
    Actions chosen = policy.actions(1);
    RandomStream random = RandomStream.ofSeed(5);
    List<String> bodies = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      FOUR.sample(random, seen.values(), 0);
      actor.act(Rows.all(1), seen, chosen);
      float[] x = seen.values().floats();
      bodies.add("[%s, %s, %s,%s]%n".formatted(x[0], x[1], x[2], x[3]));
      expected.add("{\"action\": " + chosen.values().ints()[0] + "}");
    }
    assertThat(expected).contains("{\"action\": 1}", "{\"action\": 2}", "{\"action\": 3}");
    try (PolicyService service = PolicyService.start(policy, 0);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (String body : bodies) {
        answers.add(threads.submit(() -> post(service, body)));
      }
      for (int i = 0; i < bodies.size(); i++) {
        HttpResponse<String> answer = answers.get(i).get();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).as(bodies.get(i)).isEqualTo(expected.get(i));
      }
    }
  }

  @Test
  void act_ofNumbers_answersAnArray() throws Exception {
    try (PolicyService service = PolicyService.start(policy(Box.of(-1f, 1f, 2), 2, false), 0)) {
      assertThat(post(service, "[0,0,0,0]").body())
          .matches("\\{\"action\": \\[-?0\\.\\d+, -?0\\.\\d+]}");
    }
  }

  @Test
  void card_tellsWhatIsServed() throws Exception {
    try (PolicyService service = PolicyService.start(policy(new Discrete(2), 2, false), 0)) {
      HttpResponse<String> card =
          client.send(
              HttpRequest.newBuilder(service.address().resolve("/card")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(card.body()).isEqualTo("# A cart\n");
    }
  }

  @Test
  void requests_ofOtherNamesOriginsAndPaths_areRefused() throws Exception {
    try (PolicyService service = PolicyService.start(policy(new Discrete(2), 2, false), 0)) {
      int port = service.address().getPort();
      String here = "Host: localhost:" + port;
      assertThat(status(port, "GET /card", here)).isEqualTo(200);
      assertThat(status(port, "GET /card", "Host: 127.0.0.1:" + port)).isEqualTo(200);
      assertThat(status(port, "GET /card", here, "Origin: http://localhost:" + port))
          .isEqualTo(200);
      assertThat(status(port, "GET /card", "Host: evil.example:" + port)).isEqualTo(403);
      assertThat(status(port, "GET /card", here, "Origin: http://evil.example")).isEqualTo(403);
      assertThat(status(port, "GET /cards", here)).isEqualTo(404);
      assertThat(status(port, "POST /act/x", here, "Content-Length: 0")).isEqualTo(404);
      assertThat(status(port, "GET /", here)).isEqualTo(404);
    }
  }

  /** The status of the answer to a request, which Java's client would not send as it stands. */
  private static int status(int port, String request, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              (request + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return Integer.parseInt(new String(line, StandardCharsets.ISO_8859_1).substring(9));
    }
  }

  @Test
  void whatIsNoObservation_isRefusedWithTheReason() throws Exception {
    try (PolicyService service = PolicyService.start(policy(new Discrete(2), 2, false), 0)) {
      for (String body :
          List.of(
              "",
              "{}",
              "[]",
              "[1,2,3]",
              "[1,2,3,x]",
              "[0,0,0,5]",
              "[0,0,0,NaN]",
              "[0,0,0,1e99]",
              "[0,0,0,1f]",
              "[0,0,0,]")) {
        HttpResponse<String> answer = post(service, body);
        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error\": \"");
      }
      assertThat(post(service, "[1,2,3]").body())
          .contains("must be 4 numbers in Box([4], -2.0, 2.0");
      assertThat(post(service, "[" + "1,".repeat(40_000) + "1]").statusCode()).isEqualTo(413);
      assertThat(post(service, "[0,0,0,0]").statusCode()).isEqualTo(200);
      HttpResponse<String> get =
          client.send(
              HttpRequest.newBuilder(service.address().resolve("/act")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(get.statusCode()).isEqualTo(405);
    }
    assertThatThrownBy(() -> PolicyService.start(policy(new Discrete(2), 2, true), 0))
        .hasMessageContaining("needs a mask");
  }
}
