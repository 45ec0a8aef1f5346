package org.bellmanrl.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.bellmanrl.lab.cluster.ClusterException;
import org.bellmanrl.lab.cluster.JobDispatcher;
import org.bellmanrl.lab.cluster.Membership;
import org.bellmanrl.lab.cluster.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs over loopback, without Pekko. */
@Timeout(600)
class DispatchTest {
  private static final Map<String, String> FACTS = Map.of("version", "1");
  private static final Work ECHO = (stage, job, reports) -> bytes(text(stage) + text(job));

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final List<JobClient> clients = new ArrayList<>();
  private final JobServer server =
      new JobServer(InetAddress.getLoopbackAddress(), security(""), FACTS, Map.of(), warnings::add);

  private static Security security(String secret) {
    Membership here = Membership.of("127.0.0.1:2551");
    return new Security(
        new Membership(here.host(), here.port(), here.own(), secret, here.certificate()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @AfterEach
  void end() {
    server.close();
    clients.forEach(JobClient::close);
  }

  private void client(String name, int cores, Work work) {
    JobClient client = new JobClient(security(""), name, cores, FACTS, work, line -> {});
    clients.add(client);
    client.dispatchers(name + ":1", Set.of("127.0.0.1:" + server.port()));
  }

  private JobDispatcher.Job submit(JobDispatcher.Stage stage, String job) {
    return server.submit(stage, bytes(job), report -> {});
  }

  private JobDispatcher.Stage stage(boolean exact) {
    return server.stage(bytes("s"), exact);
  }

  /** A worker that does only what the test makes it do. */
  private Connection puppet(String name) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    Connection connection = new Connection(socket);
    assertThat(JobClient.introduce(connection, security(""), name, name + ":1", 1, FACTS))
        .isEmpty();
    connection.open();
    return connection;
  }

  private static long nextJob(Connection puppet) throws IOException {
    while (true) {
      if (puppet.receive() instanceof Wire.JobBytes job) {
        return job.job();
      }
    }
  }

  @Test
  void jobs_areDoneByAllWorkers_inStagesThatAreSentOnce() {
    client("a", 2, ECHO);
    client("b", 1, ECHO);
    List<JobDispatcher.Job> jobs = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      JobDispatcher.Stage stage = server.stage(bytes("round " + round + " "), true);
      for (int i = 0; i < 20; i++) {
        jobs.add(submit(stage, "job " + i));
      }
    }
    for (int i = 0; i < jobs.size(); i++) {
      assertThat(text(jobs.get(i).result().join())).isEqualTo("round " + i / 20 + " job " + i % 20);
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void job_ofAWorkerThatIsLost_isDoneByAnother() throws IOException {
    Connection puppet = puppet("doomed");
    JobDispatcher.Job job = submit(stage(false), "x");
    nextJob(puppet);
    puppet.close();
    client("heir", 1, ECHO);
    assertThat(text(job.result().join())).isEqualTo("sx");
    assertThat(warnings).singleElement().asString().startsWith("the worker doomed was lost");
  }

  @Test
  void job_thatLosesEveryWorker_isGivenUp() throws IOException {
    JobDispatcher.Job job = submit(stage(false), "deadly");
    for (int i = 0; i < 5; i++) {
      Connection puppet = puppet("victim" + i);
      nextJob(puppet);
      puppet.close();
    }
    assertThatThrownBy(() -> job.result().join())
        .cause()
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(
            "5 workers in turn were lost at the same work, the last of them victim4");
  }

  @Test
  void job_ofAWorkerThatIsSuspected_goesToAnother_andAFalseSuspicionIsHarmless()
      throws IOException {
    Connection puppet = puppet("slow");
    JobDispatcher.Job job = submit(stage(true), "x");
    long id = nextJob(puppet);
    server.suspect(Set.of("slow:1"));
    assertThat(server.capacity()).isZero();
    client("quick", 1, ECHO);
    assertThat(text(job.result().join())).isEqualTo("sx");
    server.suspect(Set.of());
    puppet.send(new Wire.Result(id, bytes("sx")));
    JobDispatcher.Job next = submit(stage(true), "y");
    assertThat(text(next.result().join())).isEqualTo("sy");
    assertThat(warnings).isEmpty();
    puppet.close();
  }

  @Test
  void results_thatDiffer_makeEveryJobFail() throws Exception {
    Connection puppet = puppet("odd");
    JobDispatcher.Job job = submit(stage(true), "x");
    long id = nextJob(puppet);
    server.suspect(Set.of("odd:1"));
    client("quick", 1, ECHO);
    assertThat(text(job.result().join())).isEqualTo("sx");
    clients.getLast().close();
    JobDispatcher.Job next = submit(stage(true), "y");
    puppet.send(new Wire.Result(id, bytes("other")));
    assertThatThrownBy(() -> next.result().join())
        .cause()
        .hasMessageContaining("the worker odd computed other bits");
    puppet.close();
  }

  @Test
  void job_thatFails_failsWithItsReason_andAnUnfitWorkerIsPassedOver() {
    client(
        "poor",
        1,
        (stage, job, reports) -> {
          throw new Work.UnfitException("it has no such plugin");
        });
    JobDispatcher.Job job = submit(stage(false), "x");
    client(
        "able",
        1,
        (stage, bytes, reports) -> {
          throw new IllegalStateException("the task itself is wrong");
        });
    assertThatThrownBy(() -> job.result().join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .hasMessage("the task itself is wrong");
  }

  @Test
  void stop_andReports_crossTheNetwork() throws InterruptedException {
    client(
        "a",
        1,
        (stage, job, reports) -> {
          reports.report(bytes("begun"));
          while (!reports.stopWanted()) {
            Thread.onSpinWait();
          }
          return bytes("stopped");
        });
    CountDownLatch begun = new CountDownLatch(1);
    JobDispatcher.Job job =
        server.submit(
            stage(false),
            new byte[0],
            report -> {
              assertThat(text(report)).isEqualTo("begun");
              begun.countDown();
            });
    begun.await();
    job.stop();
    assertThat(text(job.result().join())).isEqualTo("stopped");
  }

  @Test
  void close_ofAWorker_letsItHandInItsResult() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    client(
        "a",
        1,
        (stage, job, reports) -> {
          begun.countDown();
          while (!reports.stopWanted()) {
            Thread.onSpinWait();
          }
          return bytes("so far");
        });
    JobDispatcher.Job job = submit(stage(false), "x");
    begun.await();
    clients.getLast().close();
    assertThat(text(job.result().join())).isEqualTo("so far");
  }

  @Test
  void close_ofTheDispatcher_failsWhatWaits() {
    JobDispatcher.Job job = submit(stage(false), "x");
    server.close();
    assertThatThrownBy(() -> job.result().join()).cause().isInstanceOf(ClusterException.class);
    assertThatThrownBy(() -> submit(stage(false), "y").result().join())
        .cause()
        .hasMessage("the learner has left the cluster, or has no workers any more");
  }

  @Test
  void fetch_bringsAFileInParts_andNoneThatIsNotOffered(@TempDir Path folder) throws IOException {
    byte[] content = new byte[2 * JobDispatcher.MOST_PART_BYTES + 100_000];
    new Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);
    Path gone = folder.resolve("gone");
    Work fetching =
        (stage, job, reports) -> {
          ByteArrayOutputStream fetched = new ByteArrayOutputStream();
          byte[] part = reports.fetch(text(job), 0);
          while (part != null && part.length > 0) {
            assertThat(part).hasSizeLessThanOrEqualTo(JobDispatcher.MOST_PART_BYTES);
            fetched.writeBytes(part);
            part = reports.fetch(text(job), fetched.size());
          }
          return part == null ? bytes("none") : fetched.toByteArray();
        };
    try (JobServer offering =
        new JobServer(
            InetAddress.getLoopbackAddress(),
            security("x"),
            FACTS,
            Map.of("file", file, "gone", gone),
            warnings::add)) {
      JobClient client = new JobClient(security("x"), "a", 2, FACTS, fetching, line -> {});
      clients.add(client);
      client.dispatchers("a:1", Set.of("127.0.0.1:" + offering.port()));
      JobDispatcher.Stage stage = offering.stage(new byte[0], true);
      List<JobDispatcher.Job> jobs = new ArrayList<>();
      for (String name : List.of("file", "file", "gone", "../file", "")) {
        jobs.add(offering.submit(stage, bytes(name), report -> {}));
      }
      assertThat(jobs.get(0).result().join()).isEqualTo(content);
      assertThat(jobs.get(1).result().join()).isEqualTo(content);
      for (JobDispatcher.Job none : jobs.subList(2, 5)) {
        assertThat(text(none.result().join())).isEqualTo("none");
      }
      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith("cannot read " + gone + " for workers");
    }
  }

  /** Who gets between the two after the handshake knows no secret. */
  @Test
  void file_withoutProofOfTheSecret_isNotTaken() throws Exception {
    List<String> log = new CopyOnWriteArrayList<>();
    CompletableFuture<byte[]> taken = new CompletableFuture<>();
    Work fetching =
        (stage, job, reports) -> {
          byte[] part = reports.fetch("file", 0);
          taken.complete(part == null ? new byte[0] : part);
          return new byte[0];
        };
    try (ServerSocket between = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      JobClient client = new JobClient(security("x"), "a", 1, FACTS, fetching, log::add);
      clients.add(client);
      client.dispatchers("a:1", Set.of("127.0.0.1:" + between.getLocalPort()));
      Security security = security("x");
      for (String proved : List.of("another", "file")) {
        try (Socket socket = between.accept();
            Connection connection = new Connection(socket)) {
          connection.say(new Wire.Challenge(connection.nonce()));
          Wire.Hello hello = (Wire.Hello) connection.receive();
          connection.say(new Wire.Welcome(security.proof(Wire.DISPATCHER, hello.nonce())));
          connection.say(new Wire.StageBytes(1, new byte[0]));
          connection.say(new Wire.JobBytes(1, 1, new byte[0]));
          assertThat(connection.receive()).isEqualTo(new Wire.Fetch("file", 0));
          byte[] proof = security.proof(Security.file(proved), hello.nonce());
          connection.say(new Wire.FilePart("file", 0, proof, bytes("code")));
          if (proved.equals("file")) {
            assertThat(text(taken.join())).isEqualTo("code");
            assertThat(connection.receive()).isInstanceOf(Wire.Result.class);
            connection.say(new Wire.FilePart("file", 0, proof, bytes("code")));
          }
          assertThatThrownBy(
                  () -> {
                    while (true) { // the job may still say that it has no file
                      assertThat(connection.receive()).isInstanceOf(Wire.Unfit.class);
                    }
                  })
              .isInstanceOf(IOException.class);
          assertThat(taken.isDone()).isEqualTo(proved.equals("file"));
        }
      }
    }
    while (log.stream().noneMatch(line -> line.contains("a file that was not asked for"))) {
      Thread.sleep(1); // the worker says so after it has closed the connection
    }
    assertThat(log).anyMatch(line -> line.contains("a file came without proof of the secret"));
  }

  @Test
  void fetch_ofAJobThatIsToStop_isGivenUp() throws Exception {
    CompletableFuture<String> end = new CompletableFuture<>();
    Work fetching =
        (stage, job, reports) -> {
          try {
            reports.fetch("file", 0);
          } catch (Work.UnfitException e) {
            end.complete(e.getMessage());
            throw e;
          }
          return new byte[0];
        };
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      JobClient client = new JobClient(security(""), "a", 1, FACTS, fetching, line -> {});
      clients.add(client);
      client.dispatchers("a:1", Set.of("127.0.0.1:" + silent.getLocalPort()));
      try (Socket socket = silent.accept();
          Connection connection = new Connection(socket)) {
        connection.say(new Wire.Challenge(connection.nonce()));
        Wire.Hello hello = (Wire.Hello) connection.receive();
        connection.say(new Wire.Welcome(security("").proof(Wire.DISPATCHER, hello.nonce())));
        connection.say(new Wire.StageBytes(1, new byte[0]));
        connection.say(new Wire.JobBytes(1, 1, new byte[0]));
        assertThat(connection.receive()).isInstanceOf(Wire.Fetch.class);
        connection.say(new Wire.Stop(1));
        assertThat(end.join()).isEqualTo("it was stopped while it fetched a file");
        assertThat(connection.receive()).isInstanceOf(Wire.Unfit.class);
      }
    }
  }

  /** Workers come and go, stages and jobs pass through, and nothing of them stays. */
  @Test
  void rounds_withWorkersThatComeAndGo_leaveNothingBehind() {
    client("steady", 2, ECHO);
    long early = 0;
    for (int round = 1; round <= 400; round++) {
      if (round % 10 == 0) {
        client("passing" + round, 1, ECHO);
      } else if (round % 10 == 5 && clients.size() > 1) {
        clients.removeLast().close();
      }
      JobDispatcher.Stage stage = server.stage(new byte[100_000], true);
      List<JobDispatcher.Job> jobs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        jobs.add(server.submit(stage, new byte[10_000], report -> {}));
      }
      jobs.forEach(job -> assertThat(job.result().join()).hasSizeGreaterThan(100_000));
      if (round == 100) {
        early = usedBytes();
      }
    }
    // What passed meanwhile is thirty times as much.
    assertThat(usedBytes() - early).isLessThan(4_000_000);
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  @Test
  void strangers_areRefusedByName() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        Connection connection = new Connection(socket)) {
      assertThat(JobClient.introduce(connection, security("x"), "spy", "s:1", 1, FACTS))
          .contains("it has another secret");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        Connection connection = new Connection(socket)) {
      Map<String, String> facts = Map.of("version", "2");
      assertThat(JobClient.introduce(connection, security(""), "old", "o:1", 1, facts))
          .isEqualTo("its version is 2 and the learner's is 1, so results could differ");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
      assertThat(text(socket.getInputStream().readAllBytes())).isEqualTo(Wire.GREETING + "\n");
    }
    while (warnings.size() < 3) {
      Thread.sleep(1); // the server warns after it has closed the connection
    }
    assertThat(warnings)
        .anyMatch(line -> line.startsWith("the worker spy is refused: it has another secret"))
        .anyMatch(line -> line.startsWith("the worker old is refused: its version is 2"))
        .anyMatch(line -> line.contains("does not speak 'bellman-cluster 2'"));
  }
}
