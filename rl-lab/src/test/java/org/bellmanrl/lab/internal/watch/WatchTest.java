package org.bellmanrl.lab.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.Rl;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.training.CheckpointInterval;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.training.TrainingRuns;
import org.bellmanrl.lab.internal.training.TrainingSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WatchTest {
  private static final String BINS = "discretize:bins=6,low=[-2,-2,-0.2,-2],high=[2,2,0.2,2]";

  /** Far more than any test waits for: runs that are stopped. */
  private static final String ENDLESS = "1000000000000";

  /** Together longer than the page's time between two looks at a run. */
  private static final int TICKS_UNTIL_STEADY = 10;

  @TempDir Path folder;

  /** Steps a second at which a training leaves the processor to others. */
  private static final int PACE = 20_000;

  private Page endless(String learner, String environment, Object... options)
      throws InterruptedException {
    return endless(PACE, learner, environment, options);
  }

  private Page endless(int pace, String learner, String environment, Object... options)
      throws InterruptedException {
    List<Object> words = new ArrayList<>(List.of("train", learner, environment));
    words.addAll(List.of("--steps", ENDLESS, "--out", folder.resolve("run")));
    words.addAll(List.of("--watch=0", "--watch-speed", pace));
    words.addAll(List.of(options));
    return Page.of(words.toArray());
  }

  private static void stop(Page page) throws Exception {
    assertThat(page.post("stop").statusCode()).isEqualTo(204);
    assertThat(page.stopped()).isEqualTo(130);
    assertThat(page.err()).isEmpty();
  }

  @Test
  void files_ofThePage_areServedWithAPolicyThatKeepsTheRestOut() throws Exception {
    Map<String, String> types =
        Map.of(
            "", "text/html",
            "watch.css", "text/css",
            "watch.js", "text/javascript",
            "icon.svg", "image/svg+xml",
            "uplot.css", "text/css",
            "uplot.js", "text/javascript");
    try (Page page = endless("q-learning", "Maze-v1")) {
      for (Map.Entry<String, String> file : types.entrySet()) {
        HttpResponse<String> response = page.get(file.getKey());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
            .startsWith(file.getValue());
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
            .startsWith("default-src 'none'");
        assertThat(response.body())
            .hasSizeGreaterThan(100)
            .doesNotContain("src=\"http", "href=\"http", "url(http", "@import");
      }
      stop(page);
    }
  }

  @Test
  void state_ofATraining_tellsHowItGoesAndOnlyWhatIsNew() throws Exception {
    try (Page page = endless("q-learning", "Maze-v1")) {
      JsonNode state = page.state();
      assertThat(state.path("learner").asString()).isEqualTo("q-learning");
      assertThat(state.path("environment").asString()).isEqualTo("Maze-v1");
      assertThat(state.path("phase").asString()).isEqualTo("training");
      while (state.path("curve").path("step").size() < 10) {
        state = page.state();
      }
      assertThat(page.post("pause").statusCode()).isEqualTo(204);
      JsonNode paused = steady(page);
      JsonNode curve = paused.path("curve");
      int points = curve.path("step").size();
      assertThat(curve.path("from").asInt()).isZero();
      assertThat(curve.path("return").size()).isEqualTo(points);
      assertThat(curve.path("length").size()).isEqualTo(points);
      assertThat(curve.path("names").get(0).asString()).isNotEmpty();
      String known = "state?after=" + (points - 3) + "&per=" + curve.path("per").asLong();
      JsonNode news = page.json(known).path("curve");
      assertThat(news.path("from").asInt()).isEqualTo(points - 3);
      assertThat(news.path("step").size()).isEqualTo(3);
      assertThat(news.path("step").get(2)).isEqualTo(curve.path("step").get(points - 1));
      JsonNode others = page.json("state?after=" + points + "&per=3").path("curve");
      assertThat(others.path("step").size()).as("other points than ours").isEqualTo(points);
      stop(page);
    }
  }

  /** The state of a run that was told to pause, once it does and shows where. */
  private static JsonNode steady(Page page) throws Exception {
    long waits = page.waits() + TICKS_UNTIL_STEADY;
    JsonNode state = page.state();
    while (page.waits() < waits) {
      Thread.sleep(20);
      state = page.state();
    }
    return state;
  }

  @Test
  void frame_ofATask_showsItWithTheValuesOfItsActions() throws Exception {
    try (Page page = endless("q-learning", "Maze-v1")) {
      page.state();
      JsonNode frame = frame(page, 0);
      byte[] png = Base64.getDecoder().decode(frame.path("png").asString());
      assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth())
          .isEqualTo(frame.path("width").asInt());
      assertThat(frame.path("place").size()).isEqualTo(3);
      assertThat(frame.path("choice").path("kind").asString()).isEqualTo("values");
      assertThat(frame.path("choice").path("numbers").size()).isEqualTo(4);
      JsonNode next = frame(page, frame.path("number").asLong());
      assertThat(next.path("number").asLong()).isGreaterThan(frame.path("number").asLong());
      stop(page);
    }
  }

  private static JsonNode frame(Page page, long after) throws Exception {
    HttpResponse<String> response = page.get("frame?after=" + after);
    while (response.statusCode() != 200) {
      page.state();
      response = page.get("frame?after=" + after);
    }
    return new JsonMapper().readTree(response.body());
  }

  @Test
  void frame_ofALearnerWithoutActionValues_showsWhatItWouldTry() throws Exception {
    try (Page page = endless("ppo", "CartPole-v1")) {
      page.state();
      JsonNode choice = frame(page, 0).path("choice");
      assertThat(choice.path("kind").asString()).isEqualTo("shares");
      double sum = 0;
      for (JsonNode share : choice.path("numbers")) {
        sum += share.asDouble();
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
      assertThat(choice.path("exact").asBoolean()).isTrue();
      assertThat(choice.path("labels").get(0).asString()).isEqualTo("push left");
      assertThat(page.get("grid").statusCode()).isEqualTo(204);
      assertThat(page.get("values").statusCode()).isEqualTo(204);
      stop(page);
    }
  }

  @Test
  void hands_onTheKeys_playInThePolicysPlace() throws Exception {
    try (Page page = endless("dqn", "MinAtar/Breakout-v1", "--set", "train_freq=100000")) {
      JsonNode state = page.state();
      assertThat(state.path("hands").asBoolean()).isFalse();
      assertThat(state.path("actions").get(1).asString()).isEqualTo("left");
      assertThat(page.post("click?x=1&y=1").statusCode()).as("nothing to click").isEqualTo(409);
      assertThat(page.post("key?action=99").statusCode()).isEqualTo(400);
      assertThat(page.post("hands?on=1").statusCode()).isEqualTo(204);
      assertThat(page.state().path("hands").asBoolean()).isTrue();
      assertThat(page.post("key?action=1").statusCode()).isEqualTo(204);
      // The paddle is the plane 0 of the last line; it comes to the left wall and stays there.
      JsonNode frame = frame(page, 0);
      assertThat(frame.path("planes").asInt()).isEqualTo(4);
      while (paddle(frame) != 0) {
        page.state();
        frame = frame(page, frame.path("number").asLong());
      }
      page.post("key");
      page.post("key?action=" + state.path("actions").valueStream().toList().indexOf(right(state)));
      while (paddle(frame) != 9) {
        page.state();
        frame = frame(page, frame.path("number").asLong());
      }
      assertThat(page.post("hands?on=0").statusCode()).isEqualTo(204);
      stop(page);
    }
  }

  private static JsonNode right(JsonNode state) {
    return state
        .path("actions")
        .valueStream()
        .filter(name -> name.asString().equals("right"))
        .findFirst()
        .orElseThrow();
  }

  /** Where the paddle is in what the network sees. */
  private static int paddle(JsonNode frame) throws Exception {
    byte[] png = Base64.getDecoder().decode(frame.path("seen").asString());
    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(png));
    for (int x = 0; x < 10; x++) {
      if ((seen.getRGB(x, 9) & 0xFF) == 255) {
        return x;
      }
    }
    return -1;
  }

  @Test
  void click_onThePretrainedDogsMeadow_isTaken() throws Exception {
    try (Page page = Page.of("watch", "huggy", "--port", "0")) {
      JsonNode state = page.state();
      assertThat(state.path("phase").asString()).isEqualTo("policy");
      assertThat(state.path("clickable").asBoolean()).isTrue();
      assertThat(state.path("actions").size()).isZero();
      frame(page, 0);
      assertThat(page.post("click?x=5000&y=9000").statusCode()).isEqualTo(204);
      for (String wrong : List.of("click", "click?x=1", "click?x=10001&y=1", "click?x=1&y=1&z=1")) {
        assertThat(page.post(wrong).statusCode()).as(wrong).isEqualTo(400);
      }
      for (String path : List.of("hands?on=1", "key?action=0")) {
        assertThat(page.post(path).statusCode()).as(path).isEqualTo(409);
      }
      long number = frame(page, 0).path("number").asLong();
      assertThat(frame(page, number).path("number").asLong()).isGreaterThan(number);
      page.end();
      assertThat(page.err()).isEmpty();
    }
  }

  @Test
  void values_ofAGrid_areThoseOfItsStates() throws Exception {
    try (Page page = endless("q-learning", "Maze-v1")) {
      page.state();
      JsonNode grid = page.json("grid");
      int cells = grid.path("height").asInt() * grid.path("width").asInt();
      JsonNode values = page.json("values?layer=0");
      assertThat(values.path("v").size()).isEqualTo(cells);
      assertThat(values.path("best").size()).isEqualTo(cells);
      assertThat(values.path("q").size()).isEqualTo(4 * cells);
      JsonNode states = grid.path("layers").get(0).path("state");
      int shown = 0;
      for (int cell = 0; cell < cells; cell++) {
        if (!values.path("v").get(cell).isNull()) {
          shown++;
          assertThat(states.get(cell).asInt()).isNotNegative();
          double best = Double.NEGATIVE_INFINITY;
          for (int a = 0; a < 4; a++) {
            best = Math.max(best, values.path("q").get(4 * cell + a).asDouble());
          }
          assertThat(values.path("v").get(cell).asDouble()).isEqualTo(best);
        }
      }
      assertThat(shown).isGreaterThan(20);
      assertThat(page.get("values?layer=1").statusCode()).isEqualTo(400);
      stop(page);
    }
  }

  @Test
  void results_ofAWatchedPausedAndSlowedRun_areThoseOfAnotherBitForBit() throws Exception {
    Path alone = folder.resolve("alone");
    Path watched = folder.resolve("watched");
    Rl.ok("train", "q-learning", "Maze-v1", "--episodes", 3000, "--quiet", "--out", alone);
    try (Page page =
        Page.of(
            "train",
            "q-learning",
            "Maze-v1",
            "--episodes",
            3000,
            "--quiet",
            "--out",
            watched,
            "--watch=0",
            "--watch-speed",
            5000)) {
      page.state();
      assertThat(page.json("state").path("speed").asDouble()).isEqualTo(5000);
      page.post("pause");
      long step = steady(page).path("step").asLong();
      assertThat(step).isBetween(1L, 50_000L);
      frame(page, 0);
      page.post("speed?steps=20000");
      page.post("resume");
      while (page.state().path("step").asLong() == step) {
        page.get("values");
      }
      page.post("speed?steps=0");
      while (page.state().path("phase").asString().equals("training")) {
        page.get("values");
      }
      assertThat(page.post("pause").statusCode()).isEqualTo(409);
      assertThat(Files.readString(watched.resolve("summary.json"))).contains("finished");
      page.end();
      assertThat(page.err()).isEmpty();
    }
    for (String file : List.of("metrics.csv", "learner.state")) {
      assertThat(watched.resolve(file)).hasSameBinaryContentAs(alone.resolve(file));
    }
  }

  @Test
  void stop_whilePaused_savesARunThatCanGoOn() throws Exception {
    try (Page page = endless("q-learning", "Taxi-v4")) {
      page.state();
      page.post("pause");
      steady(page);
      assertThat(page.post("stop").statusCode()).isEqualTo(204);
      assertThat(page.status()).as("once nobody looks any more").isEqualTo(130);
      assertThat(page.err()).isEmpty();
      assertThat(page.out()).contains("./rl resume " + folder.resolve("run"));
    }
    try (Page page =
        Page.of("resume", folder.resolve("run"), "--watch=0", "--watch-speed", "1000")) {
      assertThat(page.state().path("step").asLong()).isPositive();
      stop(page);
    }
  }

  @Test
  void client_thatNeverReads_slowsNeitherTrainingNorOthers() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (Page page = endless(0, "q-learning", "Maze-v1")) {
      String request = "GET /%s HTTP/1.1\r\nHost: localhost:" + page.port() + "\r\n\r\n";
      for (String path : List.of("state", "frame", "values", "uplot.js")) {
        for (int i = 0; i < 8; i++) {
          Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port());
          socket.setReceiveBufferSize(1024);
          sockets.add(socket);
          byte[] many = request.formatted(path).repeat(50).getBytes(StandardCharsets.US_ASCII);
          socket.getOutputStream().write(many);
        }
      }
      long before = page.state().path("step").asLong();
      while (page.state().path("step").asLong() < before + 200_000) {
        assertThat(page.get("uplot.js").statusCode()).isEqualTo(200);
      }
      stop(page);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void training_thatNobodyLooksAt_publishesNothing() throws Exception {
    assertThat(publishedDuring(watch -> {})).isZero();
    assertThat(publishedDuring(watch -> watch.state(0, 0))).isPositive();
  }

  private long publishedDuring(Consumer<Watch> atEachLook) throws Exception {
    Registry registry = Registry.builder().discover(Registry.class.getClassLoader()).build();
    Assembler assembler = new Assembler(registry);
    Experiment experiment =
        new Resolver(assembler.entries(), new Presets())
            .resolve(TrainingRequest.of("q-learning", "Maze-v1"));
    Path path = Files.createTempDirectory(folder, "run");
    try (Watch watch = Watch.training(assembler, experiment, 0, problem -> {});
        TrainingRun run =
            TrainingRuns.begin(
                new TrainingSetup(
                    assembler,
                    CheckpointInterval.DEFAULT,
                    (progress, monitor, seconds) -> {
                      atEachLook.accept(watch);
                      watch.look(progress, monitor, seconds);
                    },
                    problem -> {}),
                experiment,
                RunFolder.create(path),
                false)) {
      watch.attach(run);
      run.run();
      return watch.published();
    }
  }

  /** They must not use up the descriptors that the run needs for its files. */
  @Test
  void connections_thatSendNothing_areClosed() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (Page page = endless("q-learning", "Maze-v1")) {
      for (int i = 0; i < 200; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), page.port()));
      }
      // Those beyond the cap at once, the others after some seconds.
      for (Socket socket : sockets.reversed()) {
        socket.setSoTimeout((int) TimeUnit.MINUTES.toMillis(5));
        assertThat(closed(socket)).isTrue();
      }
      assertThat(page.get("state").statusCode()).isEqualTo(200);
      stop(page);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static boolean closed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void page_ofSeveralSeeds_showsTheFirstAndStopsAll() throws Exception {
    Path group = folder.resolve("group");
    try (Page page =
        Page.of(
            "train",
            "q-learning",
            "Maze-v1",
            "--steps",
            ENDLESS,
            "--seeds",
            2,
            "--out",
            group,
            "--watch=0",
            "--watch-speed",
            PACE)) {
      assertThat(page.state().get("run").asString()).startsWith(group + "/seed-");
      assertThat(page.post("stop").statusCode()).isEqualTo(204);
      assertThat(page.status()).isEqualTo(130);
      assertThat(page.out()).contains("./rl resume " + group);
    }
  }

  @Test
  void host_ofAnotherName_isRefused() throws Exception {
    try (Page page = endless("q-learning", "Maze-v1")) {
      for (String host :
          List.of("evil.example", "evil.example:" + page.port(), "localhost", "127.0.0.1:1", "")) {
        String header = "Host: " + host;
        assertThat(page.raw("GET / HTTP/1.1\r\n" + header + "\r\n\r\n")).contains(" 403 ");
        assertThat(page.raw("POST /stop HTTP/1.1\r\n" + header + "\r\n\r\n")).contains(" 403 ");
      }
      assertThat(page.raw("GET / HTTP/1.0\r\n\r\n")).contains(" 403 ");
      for (String host : List.of("localhost", "127.0.0.1", "[::1]")) {
        String header = "Host: " + host + ":" + page.port();
        assertThat(page.raw("GET / HTTP/1.1\r\n" + header + "\r\n\r\n")).contains(" 200 ");
      }
      stop(page);
    }
  }

  @Test
  void request_thatIsWrong_isRefusedInAWord() throws Exception {
    try (Page page = endless("q-learning", "Maze-v1")) {
      page.state();
      for (String origin : List.of("http://evil.example", "null", "https://localhost:1")) {
        HttpResponse<String> response =
            page.send(
                HttpRequest.newBuilder(URI.create(page.url() + "pause"))
                    .header("Origin", origin)
                    .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).as(origin).isEqualTo(403);
      }
      String own = page.url().substring(0, page.url().length() - 1);
      assertThat(
              page.send(
                      HttpRequest.newBuilder(URI.create(page.url() + "state"))
                          .header("Origin", own)
                          .GET())
                  .statusCode())
          .isEqualTo(200);
      for (String path :
          List.of("x", "index.html", "..%2F..%2Fetc%2Fpasswd", "state/", "watch.js.map")) {
        assertThat(page.get(path).statusCode()).as(path).isEqualTo(404);
      }
      for (String path : List.of("pause", "resume", "stop", "speed?steps=1")) {
        assertThat(page.get(path).statusCode()).as(path).isEqualTo(405);
        assertThat(page.get(path).headers().firstValue("Allow")).contains("POST");
      }
      for (String path : List.of("", "state", "frame", "values", "watch.js")) {
        assertThat(page.post(path).statusCode()).as(path).isEqualTo(405);
      }
      for (String path :
          List.of(
              "state?after=-1",
              "state?after",
              "state?after=x",
              "state?after=1&after=2",
              "state?after=1&",
              "state?other=1",
              "state?after=99999999999999999999",
              "values?layer=7",
              "frame?after=1.5",
              "?x=1")) {
        HttpResponse<String> response = page.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(400);
        assertThat(response.body().lines()).hasSize(1).noneMatch(line -> line.contains("Exc"));
      }
      for (String path : List.of("speed", "speed?steps=-1", "speed?steps=fast", "pause?x=1")) {
        assertThat(page.post(path).statusCode()).as(path).isEqualTo(400);
      }
      assertThat(body(page, 1024)).isEqualTo(400);
      assertThat(body(page, 1025)).isEqualTo(413);
      assertThat(body(page, 3_000_000)).isEqualTo(413);
      assertThat(page.state().path("paused").asBoolean()).isFalse();
      stop(page);
    }
  }

  private static int body(Page page, int length) throws Exception {
    String status =
        page.raw(
            "POST /pause HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(page.port(), length, "x".repeat(Math.min(length, 1025))));
    return Integer.parseInt(status.split(" ", -1)[1]);
  }

  @Test
  void port_inUse_isAnsweredWithAFreeOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Page page =
            Page.of(
                "train",
                "q-learning",
                "Maze-v1",
                "--steps",
                ENDLESS,
                "--out",
                folder.resolve("run"),
                "--watch=" + taken.getLocalPort())) {
      assertThat(page.port()).isNotEqualTo(taken.getLocalPort());
      assertThat(page.out()).contains("in use");
      assertThat(page.get("").statusCode()).isEqualTo(200);
      stop(page);
    }
  }

  @Test
  void frame_ofContinuousActions_showsTheirBoundsAndNames() throws Exception {
    try (Page page = endless("ppo", "Pendulum-v1")) {
      page.state();
      JsonNode frame = frame(page, 0);
      JsonNode choice = frame.path("choice");
      assertThat(choice.path("kind").asString()).isEqualTo("action");
      assertThat(choice.path("low").get(0).asDouble()).isEqualTo(-2);
      assertThat(choice.path("high").get(0).asDouble()).isEqualTo(2);
      assertThat(choice.path("labels").get(0).asString()).isEqualTo("torque, N m");
      assertThat(frame.path("observed").size()).isEqualTo(3);
      assertThat(page.state().path("observations").get(2).asString())
          .isEqualTo("angular velocity, rad/s");
      stop(page);
    }
  }

  @Test
  void surface_overTwoElements_showsValuesBetweenTheirBounds() throws Exception {
    try (Page page = endless("linear-sarsa", "MountainCar-v0")) {
      assertThat(page.state().path("surface").asBoolean()).isTrue();
      frame(page, 0);
      JsonNode surface = page.json("surface?x=0&y=1");
      assertThat(surface.path("xs").get(0).asDouble()).isCloseTo(-1.2, within(1e-6));
      assertThat(surface.path("xs").get(1).asDouble()).isCloseTo(0.6, within(1e-6));
      int cells = surface.path("across").asInt() * surface.path("up").asInt();
      assertThat(surface.path("v").size()).isEqualTo(cells);
      assertThat(page.get("surface?x=0&y=2").statusCode()).isEqualTo(400);
      stop(page);
    }
  }

  /** What is learned is a table of bins; what is drawn over are the numbers that were binned. */
  @Test
  void surface_ofBinnedObservations_isDrawnOverTheTasksOwnNumbers() throws Exception {
    try (Page page = endless("q-learning", "CartPole-v1", "--wrap", BINS)) {
      JsonNode frame = frame(page, 0);
      assertThat(frame.path("observed").size()).isEqualTo(4);
      assertThat(page.state().path("observations").get(2).asString()).isEqualTo("pole angle, rad");
      JsonNode surface = page.json("surface?x=2&y=3");
      assertThat(surface.path("xs").get(1).asDouble()).isCloseTo(0.418, within(0.001));
      assertThat(surface.path("at").size()).isEqualTo(4);
      assertThat(surface.path("actions").asInt()).isEqualTo(2);
      JsonNode values = surface.path("v");
      assertThat(values.size()).isPositive();
      assertThat(page.get("surface?x=0&y=4").statusCode()).isEqualTo(400);
      stop(page);
    }
  }

  @Test
  void watch_ofARunInAnotherProcess_followsItToItsEnd() throws Exception {
    Path run = folder.resolve("run");
    // Listeners of the run have their part in its checkpoints, and are not made a second time.
    try (Page training =
            endless("q-learning", "Maze-v1", "--listen", "plateau-stop:patience=1e12");
        Page page = Page.of("watch", run, "--port", 0)) {
      JsonNode state = page.state();
      assertThat(state.path("phase").asString()).isEqualTo("training");
      assertThat(state.path("controllable").asBoolean()).isFalse();
      // Being looked at, the run writes checkpoints that the policy can be shown from.
      while (!state.path("message").asString().contains("checkpoint at step")) {
        state = page.state();
      }
      assertThat(state.path("curve").path("step").size()).isPositive();
      assertThat(frame(page, 0).has("png")).isTrue();
      assertThat(page.json("values?layer=0").path("v").size()).isPositive();
      while (!state.path("rate").isNumber()) {
        state = page.state();
      }
      assertThat(state.path("seconds").asDouble()).isPositive();
      assertThat(state.path("rate").asDouble()).isPositive();
      stop(training);
      while (!page.state().path("phase").asString().equals("stopped")) {
        Thread.sleep(20);
      }
    }
  }

  @Test
  void watch_ofAKilledRun_showsHowFarItCameAndHowToGoOn() throws Exception {
    Path killed = folder.resolve("killed");
    try (Page training = endless("q-learning", "Maze-v1")) {
      Path run = folder.resolve("run");
      while (!Files.exists(run.resolve("metrics.csv"))) {
        Thread.sleep(20);
      }
      // What a kill leaves: all but a lock.
      Files.createDirectories(killed);
      Files.copy(run.resolve("run.yaml"), killed.resolve("run.yaml"));
      Files.copy(run.resolve("metrics.csv"), killed.resolve("metrics.csv"));
      stop(training);
    }
    try (Page page = Page.of("watch", killed, "--port", 0)) {
      JsonNode state = page.state();
      assertThat(state.path("phase").asString()).isEqualTo("killed");
      assertThat(state.path("message").asString())
          .contains("before its first checkpoint", "./rl resume " + killed + " begins again");
      assertThat(state.path("curve").path("step").size()).isPositive();
    }
  }

  @Test
  void train_watchedByNobody_keepsThePageForALook() throws Exception {
    try (Page page =
        Page.of(
            "train",
            "q-learning",
            "Maze-v1",
            "--steps",
            500,
            "--watch-speed",
            0,
            "--out",
            folder.resolve("short"),
            "--watch=0")) {
      while (!page.out().contains("the page stays for a minute")) {
        Thread.sleep(10);
      }
      JsonNode state = page.state();
      assertThat(state.path("phase").asString()).isEqualTo("finished");
      assertThat(state.path("message").asString()).startsWith("learned policy: ");
    }
  }

  @Test
  void watch_ofARunThatIsOver_showsItsCurveValuesAndPolicy() throws Exception {
    Path run = folder.resolve("run");
    Rl.ok("train", "q-learning", "Taxi-v4", "--episodes", 2000, "--quiet", "--out", run);
    try (Page page = Page.of("watch", run, "--port", 0)) {
      JsonNode state = page.state();
      assertThat(state.path("phase").asString()).isEqualTo("finished");
      assertThat(state.path("controllable").asBoolean()).isFalse();
      assertThat(state.path("message").asString()).startsWith("learned policy: ");
      JsonNode curve = state.path("curve");
      List<String> lines = Files.readAllLines(run.resolve("metrics.csv"));
      int points = curve.path("step").size();
      assertThat(points * curve.path("per").asLong()).isEqualTo(lines.size() - 1);
      assertThat(curve.path("step").get(points - 1).asString())
          .isEqualTo(lines.getLast().split(",", -1)[1]);
      assertThat(page.json("grid").path("layers").size()).isGreaterThan(1);
      assertThat(page.json("values?layer=3").path("layer").asInt()).isEqualTo(3);
      assertThat(frame(page, 0).has("png")).isTrue();
      assertThat(page.post("pause").statusCode()).isEqualTo(409);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--watch=99999 | must be in [0, 65535]",
        "--watch=0 --watch-host no.such.host.invalid | there is no host",
        "--watch=0 --watch-host 192.0.2.1 | no address of this machine",
        "--watch=0 --watch-speed 0.5 | must be at least 1, or 0",
        "--watch-speed 10 | say --watch too",
        "--watch-host 0.0.0.0 | say --watch too",
        "--watch=x | x",
      })
  void train_withWrongOptionsOfThePage_saysWhat(String options, String complaint) {
    List<Object> words = new ArrayList<>(List.of("train"));
    words.addAll(List.of(options.split(" ", -1)));
    words.addAll(List.of("q-learning", "Maze-v1", "--out", folder.resolve("run")));
    Rl rl = Rl.run(words.toArray());
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains(complaint);
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
