package org.bellmanrl.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bellmanrl.lab.cluster.Membership;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes end when they are asked to, in the middle of what they do, and save what they have. */
@Timeout(600)
class EndsTest {
  /** It takes five seconds at most on a machine that is not too busy. */
  private static final long PATIENCE_SECONDS = 120;

  private static final long LOOK_MILLIS = 50;
  private static final int TRIES = 3;
  private static final long JOINED_MILLIS = 500;

  @TempDir Path folder;

  private Process train(Path run, Object... more) throws IOException {
    return Workers.start(words(run, more));
  }

  private static Object[] words(Path run, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", "q-learning", "Taxi-v4", "--envs", 4));
    words.addAll(List.of("--round", 50, "--steps", 1_000_000_000, "--out", run));
    words.add("--checkpoint-every=0.3");
    words.addAll(List.of(more));
    return words.toArray();
  }

  private static void awaitCheckpoint(Process learner, Path run) throws InterruptedException {
    while (!Files.exists(run.resolve("checkpoints"))) {
      assertThat(learner.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  private static void assertEnds(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private static void assertSaved(Path run) {
    assertThat(run.resolve("summary.json")).content().contains("\"status\": \"interrupted\"");
  }

  @Test
  void workerCoordinatorAndLearner_askedToEnd_end() throws IOException, InterruptedException {
    String address = Workers.freeAddress();
    Path run = folder.resolve("run");
    Process coordinator = Workers.start("worker", "--join", address, "--cores", 0);
    Process worker = Workers.start("worker", "--join", address, "--cores", 1);
    Process learner = train(run, "--cluster", address);
    try {
      awaitCheckpoint(learner, run);
      assertEnds(worker);
      assertEnds(coordinator);
      assertEnds(learner); // which waits for a worker
      assertSaved(run);
    } finally {
      List.of(coordinator, worker, learner).forEach(Process::destroyForcibly);
    }
  }

  /** Others need not find out by themselves that it is gone. */
  @Test
  void member_askedToEnd_leavesTheCluster() throws IOException, InterruptedException {
    Membership cluster = Membership.of(Workers.freeAddress());
    BlockingQueue<List<Node.Peer>> seen = new LinkedBlockingQueue<>();
    Node founder =
        new Node(
            cluster,
            Node.ownAddress(cluster),
            Set.of(Roles.WORKER),
            true,
            (self, peers) -> seen.add(peers));
    boolean left = false;
    try {
      // A machine that is busy may take its members for lost for a while, and a worker that is only
      // about to join has nothing to leave.
      for (int i = 0; i < TRIES && !left; i++) {
        Path said = folder.resolve("said" + i);
        Process worker =
            Workers.command("worker", "--join", cluster.address(), "--cores", 1)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        while (!Files.readString(said).contains("has joined")) {
          assertThat(worker.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
        }
        Thread.sleep(JOINED_MILLIS);
        await(seen, peers -> peers.size() == 2);
        worker.destroy();
        left = await(seen, peers -> peers.size() == 1).isEmpty();
        assertThat(worker.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      founder.close();
    }
    assertThat(left).as("it was not found to be unreachable").isTrue();
  }

  /** Waits for members; what was seen before of members that can't be reached. */
  private static List<Node.Peer> await(
      BlockingQueue<List<Node.Peer>> seen, Predicate<List<Node.Peer>> wanted)
      throws InterruptedException {
    List<Node.Peer> unreachable = new ArrayList<>();
    while (true) {
      List<Node.Peer> peers = seen.take();
      peers.stream().filter(peer -> !peer.reachable()).forEach(unreachable::add);
      if (wanted.test(peers)) {
        return unreachable;
      }
    }
  }

  @Test
  void learner_askedToEnd_endsWithItsOwnWorkers() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    Process learner = train(run, "--workers", 2);
    List<ProcessHandle> workers = List.of();
    try {
      awaitCheckpoint(learner, run);
      workers = learner.children().toList();
      assertThat(workers).hasSize(2);
      assertEnds(learner);
      assertSaved(run);
      for (ProcessHandle worker : workers) {
        assertThat(worker.onExit().completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS))
            .succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .isNotNull();
      }
    } finally {
      learner.destroyForcibly();
      workers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void learner_whoseOwnWorkersFail_tellsHowAndEnds() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    Path said = folder.resolve("said");
    Process learner =
        Workers.command(words(run, "--workers", 1))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      awaitCheckpoint(learner, run);
      long worker = learner.children().findFirst().orElseThrow().pid();
      learner.children().forEach(ProcessHandle::destroyForcibly);
      assertThat(learner.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(learner.exitValue()).isNotZero();
      assertThat(said)
          .content()
          .contains("as process " + worker + " has ended with exit code 137; it printed last:")
          .contains("working for the learner at 127.0.0.1:")
          .contains("has no workers any more");
    } finally {
      learner.destroyForcibly();
    }
  }
}
