package org.bellmanrl.grpc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Interaction;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.lab.internal.serve.Endpoints;
import org.bellmanrl.lab.internal.serve.EpisodeService;
import org.bellmanrl.lab.internal.serve.HttpProtocol;
import org.bellmanrl.lab.serve.EpisodeProtocol;
import org.bellmanrl.lab.serve.EpisodeProtocol.Endpoint;
import org.bellmanrl.lab.serve.Episodes;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.tabular.td.QLearning;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcProtocolTest {
  private static final String CORRIDOR =
      "{name: test/Corridor-v0, observations: {discrete: 5}, actions: {discrete: 2},"
          + " max_episode_steps: 50}";
  private static final Pattern NUMBER = Pattern.compile("\"(episode|action)\": (\\d+)");
  private static final String AUTHORIZATION = "authorization";

  /** Where gRPC tells of defects that no client hears of. */
  private final Handler defects =
      new Handler() {
        @Override
        public void publish(LogRecord message) {
          problems.add(message.getMessage() + ": " + message.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  @TempDir Path folder;

  @BeforeEach
  void listen() {
    GrpcProtocol.LOG.addHandler(defects);
  }

  @AfterEach
  void close() throws Exception {
    GrpcProtocol.LOG.removeHandler(defects);
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private static EpisodeService corridor(int clients, double patience) {
    EnvironmentSpec spec =
        EnvironmentSpec.of("test/Corridor-v0", new Discrete(5, 0), new Discrete(2, 0))
            .withMaxEpisodeSteps(50);
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
    return new EpisodeService(spec, interaction, returns, patience);
  }

  private int open(EpisodeProtocol protocol, Episodes episodes, String secret) {
    Endpoint endpoint = Endpoints.open(protocol, episodes, "localhost", 0, secret, problems::add);
    opened.add(endpoint);
    return endpoint.port();
  }

  private ManagedChannel channel(int port) {
    ManagedChannel channel =
        Grpc.newChannelBuilder("localhost:" + port, InsecureChannelCredentials.create()).build();
    opened.add(channel::shutdownNow);
    return channel;
  }

  private ManagedChannel serve(Episodes episodes) {
    return channel(open(new GrpcProtocol(), episodes, ""));
  }

  /** What a simulator gets for what it tells. */
  private interface Learner {
    int begin(int observation) throws Exception;

    int step(double reward, boolean terminated, int observation) throws Exception;
  }

  private static Learner over(Stream stream) {
    return new Learner() {
      @Override
      public int begin(int observation) throws Exception {
        return stream.begin(observation);
      }

      @Override
      public int step(double reward, boolean terminated, int observation) throws Exception {
        return stream.step(reward, terminated, observation);
      }
    };
  }

  private static Learner overHttp(int port) {
    HttpClient client = HttpClient.newHttpClient();
    return new Learner() {
      private int episode;

      @Override
      public int begin(int observation) throws Exception {
        String answer = ask("/episodes", "{\"observation\": %d}".formatted(observation));
        episode = number(answer, "episode");
        return number(answer, "action");
      }

      @Override
      public int step(double reward, boolean terminated, int observation) throws Exception {
        return number(
            ask(
                "/episodes/" + episode,
                "{\"reward\": %s, \"observation\": %d, \"terminated\": %b}"
                    .formatted(reward, observation, terminated)),
            "action");
      }

      private String ask(String path, String body) throws Exception {
        return client
            .send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
      }

      private static int number(String answer, String name) {
        Matcher matcher = NUMBER.matcher(answer);
        while (matcher.find()) {
          if (matcher.group(1).equals(name)) {
            return Integer.parseInt(matcher.group(2));
          }
        }
        assertThat(answer).contains("\"ended\": true");
        return Stream.ENDED;
      }
    };
  }

  /** Walks to the right end, which pays 1; returns the actions. */
  private static List<Integer> walk(Learner learner) throws Exception {
    List<Integer> actions = new ArrayList<>();
    int place = 0;
    int action = learner.begin(place);
    while (action != Stream.ENDED) {
      actions.add(action);
      place = Math.max(0, place + (action == 1 ? 1 : -1));
      boolean end = place == 4;
      action = learner.step(end ? 1 : -0.01, end, place);
    }
    return actions;
  }

  @Test
  void decisions_andWhatIsLearned_areThoseOfHttp() throws Exception {
    EpisodeService one = corridor(1, 60);
    EpisodeService other = corridor(1, 60);
    Learner grpc = over(Stream.play(serve(one)));
    Learner http = overHttp(open(new HttpProtocol(List.of()), other, ""));
    for (int episode = 0; episode < 30; episode++) {
      assertThat(walk(grpc)).isEqualTo(walk(http));
    }
    one.save(folder.resolve("one"));
    other.save(folder.resolve("other"));
    assertThat(folder.resolve("one")).hasSameBinaryContentAs(folder.resolve("other"));
    assertThat(one.status().episodes()).isEqualTo(30);
  }

  @Test
  void severalClients_ofBothProtocols_teachOneLearner() throws Exception {
    EpisodeService episodes = corridor(4, 60);
    ManagedChannel channel = serve(episodes);
    int http = open(new HttpProtocol(List.of()), episodes, "");
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> last = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        boolean grpc = i % 2 == 0;
        last.add(
            clients.submit(() -> {
              Learner learner = grpc ? over(Stream.play(channel)) : overHttp(http);
              for (int episode = 0; episode < 30; episode++) {
                walk(learner);
              }
              return walk(learner).size();
            }));
      }
      int steps = 0;
      for (Future<Integer> client : last) {
        steps += client.get();
      }
      assertThat(steps).as("four walks, each of which needs four steps").isLessThan(40);
    }
    assertThat(episodes.status().episodes()).isEqualTo(4 * 31);
    assertThat(episodes.status().running()).isZero();
  }

  @Test
  void moves_thatAreWrong_endTheStream_andTeachNothing() throws Exception {
    EpisodeService episodes = corridor(1, 60);
    ManagedChannel channel = serve(episodes);
    Stream foreign = Stream.play(channel);
    assertThat(foreign.begin(2)).isIn(0, 1);
    foreign.send(Stream.outcome(1, false, 5));
    refused(foreign, Status.Code.INVALID_ARGUMENT, "expected a value in Discrete(5), was 5");
    Stream infinite = Stream.play(channel);
    assertThat(infinite.begin(2)).isIn(0, 1);
    infinite.send(Stream.outcome(Double.NaN, false, 1));
    refused(infinite, Status.Code.INVALID_ARGUMENT, "reward must be a finite number, was NaN");
    Stream early = Stream.play(channel);
    early.send(Stream.outcome(1, false, 1));
    refused(early, Status.Code.INVALID_ARGUMENT, "an outcome needs an episode");
    Stream wide = Stream.play(channel);
    wide.send(Stream.field(1, Stream.field(1, Stream.field(1, new byte[2]))));
    refused(wide, Status.Code.INVALID_ARGUMENT, "ints must have 1 elements");
    Stream unknown = Stream.play(channel);
    unknown.send(Stream.field(9, new byte[0]));
    refused(unknown, Status.Code.INVALID_ARGUMENT, "Move has field 9");

    assertThat(episodes.status().steps()).isZero();
    assertThat(episodes.status().running()).isZero();
    Stream first = Stream.play(channel);
    assertThat(first.begin(0)).isIn(0, 1);
    Stream second = Stream.play(channel);
    second.send(Stream.field(1, Stream.field(1, Stream.field(1, new byte[1]))));
    refused(second, Status.Code.RESOURCE_EXHAUSTED, "all 1 episodes are being played");
    assertThat(first.begin(1)).as("in the place of its own").isIn(0, 1);
    first.halfClose();
    assertThat(first.status().isOk()).isTrue();
    assertThat(episodes.status().abandoned()).isEqualTo(4);
  }

  private static void refused(Stream stream, Status.Code code, String complaint)
      throws InterruptedException {
    Status status = stream.status();
    assertThat(status.getCode()).as(status.toString()).isEqualTo(code);
    assertThat(status.getDescription()).contains(complaint).doesNotContain("\n");
  }

  @Test
  void bytes_ofAnyKind_areAnswered() throws Exception {
    EpisodeService episodes = corridor(1, 1e-9);
    ManagedChannel channel = serve(episodes);
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] move = Stream.outcome(0.5, true, 3);
      for (int j = random.nextInt(4); j >= 0; j--) {
        move[random.nextInt(move.length)] = (byte) random.nextInt(256);
      }
      Stream stream = Stream.play(channel);
      stream.send(move);
      stream.halfClose();
      Status.Code code = stream.statusAfterAnswers().getCode();
      assertThat(code).isIn(Status.Code.OK, Status.Code.INVALID_ARGUMENT);
    }
    Stream huge = Stream.play(channel);
    huge.send(new byte[(1 << 22) + 1]);
    assertThat(huge.status().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertThat(walk(over(Stream.play(channel)))).isNotEmpty();
    assertThat(problems).isEmpty();
  }

  @Test
  void lostClients_makeRoomAtOnce() throws Exception {
    EpisodeService episodes = corridor(1, 60);
    ManagedChannel other = serve(episodes);
    Stream cancelled = Stream.play(other);
    assertThat(cancelled.begin(0)).isIn(0, 1);
    cancelled.close();
    awaitNoneRunning(episodes);
    int port = open(new GrpcProtocol(), episodes, "");
    ManagedChannel lost = channel(port);
    assertThat(Stream.play(lost).begin(0)).isIn(0, 1);
    lost.shutdownNow();
    awaitNoneRunning(episodes);
    assertThat(episodes.status().abandoned()).isEqualTo(2);
    assertThat(walk(over(Stream.play(other)))).isNotEmpty();
  }

  private static void awaitNoneRunning(Episodes episodes) throws InterruptedException {
    while (episodes.status().running() > 0) {
      Thread.sleep(1);
    }
  }

  @Test
  void silentClients_loseTheirPlace_whenItIsNeeded() throws Exception {
    ManagedChannel channel = serve(corridor(1, 1e-9));
    Stream silent = Stream.play(channel);
    assertThat(silent.begin(0)).isIn(0, 1);
    assertThat(walk(over(Stream.play(channel)))).isNotEmpty();
    silent.send(Stream.outcome(0, false, 1));
    refused(silent, Status.Code.NOT_FOUND, "abandoned");
  }

  @Test
  void secret_isAskedFor() throws Exception {
    ManagedChannel channel = channel(open(new GrpcProtocol(), corridor(1, 60), "s3cret"));
    Metadata wrong = new Metadata();
    wrong.put(Metadata.Key.of(AUTHORIZATION, Metadata.ASCII_STRING_MARSHALLER), "Bearer x");
    refused(new Stream(channel, LearnerService.PLAY, wrong), Status.Code.UNAUTHENTICATED, "secret");
    Stream without = new Stream(channel, LearnerService.STATUS, new Metadata());
    // A unary call is not sent before its message.
    without.send(new byte[0]);
    without.halfClose();
    refused(without, Status.Code.UNAUTHENTICATED, "secret");
    Metadata right = new Metadata();
    right.put(Metadata.Key.of(AUTHORIZATION, Metadata.ASCII_STRING_MARSHALLER), "Bearer s3cret");
    assertThat(new Stream(channel, LearnerService.PLAY, right).begin(0)).isIn(0, 1);
    Stream status = new Stream(channel, LearnerService.STATUS, right);
    status.send(new byte[0]);
    status.halfClose();
    assertThat(new String(status.answer(), StandardCharsets.UTF_8))
        .contains("test/Corridor-v0", "Discrete(5)");
    assertThatThrownBy(
            () -> Endpoints.open(new GrpcProtocol(), corridor(1, 60), "0.0.0.0", 0, "", s -> {}))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("BELLMAN_SECRET");
  }

  @Test
  void port_thatIsTaken_isNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThatThrownBy(() ->
              Endpoints.open(
                  new GrpcProtocol(),
                  corridor(1, 60),
                  "localhost",
                  taken.getLocalPort(),
                  "",
                  s -> {}))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("cannot listen on port %d of localhost: ", taken.getLocalPort())
          .hasMessageContaining("in use");
    }
  }

  @Test
  void failures_areTold_toTheClientAndHere() throws Exception {
    Episodes sound = corridor(1, 60);
    ManagedChannel channel =
        serve(
            new Episodes() {
              @Override
              public EnvironmentSpec spec() {
                return sound.spec();
              }

              @Override
              public long begin(Observations first, Columns action) {
                throw first.values().ints()[0] == 0
                    ? new LearningException("the loss is NaN")
                    : new IllegalStateException("a defect");
              }

              @Override
              public boolean step(long episode, Outcomes outcome, Columns action) {
                return false;
              }

              @Override
              public void abandon(long episode) {}

              @Override
              public Episodes.Status status() {
                return sound.status();
              }
            });
    for (int observation = 0; observation < 2; observation++) {
      Stream stream = Stream.play(channel);
      stream.send(
          Stream.field(1, Stream.field(1, Stream.field(1, new byte[] {(byte) observation}))));
      refused(
          stream,
          Status.Code.INTERNAL,
          observation == 0 ? "learning failed: the loss is NaN" : "something went wrong");
    }
    assertThat(problems).hasSize(2).last().asString().contains("a defect");
  }

  @Test
  void command_servesBothProtocols_andEndsWhenItIsTold() throws Exception {
    Path spaces = Files.writeString(folder.resolve("spaces.yaml"), CORRIDOR);
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.bellmanrl.lab.Main",
                "serve",
                "q-learning",
                "--spaces",
                spaces.toString(),
                "--port",
                "0",
                "--grpc",
                "0",
                "--out",
                folder.resolve("out").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
      int http = port(lines.readLine());
      ManagedChannel channel = channel(port(lines.readLine()));
      assertThat(walk(over(Stream.play(channel)))).isNotEmpty();
      assertThat(walk(overHttp(http))).isNotEmpty();
      assertThat(Stream.play(channel).begin(0)).as("is under way at the end").isIn(0, 1);
      server.destroy();
      assertThat(server.waitFor()).isEqualTo(143);
      assertThat(folder.resolve("out/learner.state")).exists();
    } finally {
      server.destroyForcibly();
    }
  }

  private static int port(String line) {
    Matcher matcher = Pattern.compile("localhost:(\\d+)").matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    return Integer.parseInt(matcher.group(1));
  }
}
