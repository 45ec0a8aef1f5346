package org.bellmanrl.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.cluster.JobDispatcher;
import org.bellmanrl.lab.cluster.Membership;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.cluster.RemoteProtocol;
import org.bellmanrl.lab.internal.cluster.RemoteRounds;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.rounds.RoundEngine;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.training.CheckpointInterval;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.training.TrainingRuns;
import org.bellmanrl.lab.internal.training.TrainingSetup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The run has the bits of one process, whichever process is killed and when. */
class DeathsTest {
  private static final Assembler ASSEMBLER =
      new Assembler(Registry.builder().discover(DeathsTest.class.getClassLoader()).build());

  private static final int KILLS = Integer.getInteger("kills", 28);
  private static final int MOST_MILLIS = 1000;
  private static final int LOOK_MILLIS = 50;
  private static final String PACE = "--checkpoint-every=0.3";

  @TempDir Path folder;

  @TempDir static Path together;

  private static Experiment experiment() {
    return new Resolver(ASSEMBLER.entries(), new Presets())
        .resolve(
            TrainingRequest.of("ppo", "CartPole-v1")
                .withLearnerOptions(Map.of("n_steps", 32, "batch_size", 32, "hidden", "[16]"))
                .withRows(OptionalInt.of(6))
                .withWrappers(List.of())
                .withBudget(Budget.steps(3000))
                .withSeed(3));
  }

  private void train(Experiment experiment, String name, RoundEngine.@Nullable Maker rounds) {
    try (TrainingRun run =
        TrainingRuns.begin(
            new TrainingSetup(
                ASSEMBLER,
                CheckpointInterval.DEFAULT,
                (progress, heard, seconds) -> {},
                warning -> {},
                rounds),
            experiment,
            RunFolder.create(folder.resolve(name)),
            false)) {
      assertThat(run.run()).isTrue();
    }
  }

  private static void assertSame(Path run, Path other) {
    for (String file : List.of("metrics.csv", "learner.state")) {
      assertThat(run.resolve(file)).hasSameBinaryContentAs(other.resolve(file));
    }
  }

  /** Trains on a cluster, and tells the number of each job right after it was submitted. */
  private void trainOn(String address, Experiment experiment, String name, IntConsumer submitted) {
    try (JobDispatcher dispatcher =
        new PekkoCluster()
            .dispatch(Membership.of(address), RemoteProtocol.facts(), Map.of(), warning -> {})) {
      JobDispatcher told =
          new JobDispatcher() {
            private int count;

            @Override
            public Stage stage(byte[] bytes, boolean exact) {
              return dispatcher.stage(bytes, exact);
            }

            @Override
            public Job submit(Stage stage, byte[] job, Consumer<byte[]> reports) {
              Job result = dispatcher.submit(stage, job, reports);
              submitted.accept(count++);
              return result;
            }

            @Override
            public int capacity() {
              return dispatcher.capacity();
            }

            @Override
            public void close() {}
          };
      train(
          experiment,
          name,
          (assembler, e, stopping, warnings) ->
              new RemoteRounds(told, assembler, e, stopping, warnings));
    }
  }

  @Test
  @Timeout(600)
  void workers_killedAndJoiningInMidRound_changeNothing() throws IOException {
    Experiment experiment = experiment();
    train(experiment, "here", null);
    String address = Workers.freeAddress();
    try (Workers workers = new Workers(address)) {
      workers.start(2);
      trainOn(
          address,
          experiment,
          "there",
          job -> {
            try {
              if (job == 9) {
                workers.kill(0);
                workers.start(1);
              } else if (job == 25) {
                workers.kill(0);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      assertSame(folder.resolve("there"), folder.resolve("here"));
    }
  }

  /** The runs of the harness: words of a training, and how many workers step its rows. */
  static Stream<Arguments> runs() {
    return Stream.of(
            "ppo CartPole-v1 --steps 10000 --set n_steps=32 --set batch_size=32",
            "ppo CartPole-v1 --steps 10000 --set n_steps=32 --set batch_size=32 --overlap",
            "a2c CartPole-v1 --steps 6000",
            "dqn CartPole-v1 --steps 6000 --round 10 --set train_freq=8",
            "dqn CartPole-v1 --steps 6000 --round 10 --set train_freq=8 --overlap",
            "sac Pendulum-v1 --steps 3000 --round 10 --set train_freq=8 --set batch_size=16",
            "q-learning Taxi-v4 --steps 20000 --round 10")
        .filter(words -> words.matches(System.getProperty("runs", ".*")))
        .flatMap(words -> Stream.of(1, 2, 3, 5).map(workers -> Arguments.of(words, workers)));
  }

  /**
   * The harness: processes are killed at random moments, one in three of them the learner's, which
   * is resumed. {@code -Dkills=N} says how often, over all runs, and {@code -Druns=REGEX} which.
   */
  @ParameterizedTest
  @MethodSource("runs")
  @Tag("long")
  @Timeout(600)
  void anyone_killedAtRandom_changesNothing(String words, int count)
      throws IOException, InterruptedException {
    Path here = together.resolve(words.replace(' ', '_').replace('=', '-'));
    if (!Files.exists(here)) {
      assertThat(begin(words, here).waitFor()).isZero();
    }
    String address = Workers.freeAddress();
    Random random = new Random();
    int kills = (int) Math.ceilDiv(KILLS, runs().count());
    int left = kills;
    int ofLearner = 0;
    try (Workers workers = new Workers(address)) {
      workers.start(count);
      for (int run = 0; left > 0; run++) {
        Path there = folder.resolve("there" + run);
        Process learner = begin(words, there, "--cluster", address);
        boolean begun = false;
        while (left > 0) {
          if (!begun && random.nextInt(4) > 0) {
            awaitCheckpoint(learner, there);
          }
          begun = true;
          if (learner.waitFor(random.nextInt(MOST_MILLIS), TimeUnit.MILLISECONDS)) {
            break;
          }
          left--;
          if (random.nextInt(3) > 0) {
            workers.kill(random.nextInt(workers.count()));
            workers.start(1);
            continue;
          }
          learner.destroyForcibly().waitFor();
          ofLearner++;
          if (isDone(there)) {
            break; // it was about to leave the cluster
          }
          begun = false;
          learner =
              Files.exists(there.resolve("run.yaml"))
                  ? Workers.start("resume", there, "--cluster", address, PACE)
                  : begin(words, there, "--cluster", address);
        }
        int status = learner.waitFor();
        assertThat(isDone(there)).as("%s, %d workers: status %d", words, count, status).isTrue();
        assertSame(there, here);
      }
    }
    Files.writeString(
        Path.of("target", "kills.txt"),
        "%s, %d workers: %d kills, %d of the learner%n".formatted(words, count, kills, ofLearner),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static Process begin(String words, Path run, Object... more) throws IOException {
    List<Object> all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(words.split(" ")));
    if (!words.startsWith("q-learning")) {
      all.addAll(List.of("--set", "hidden=[16]"));
    }
    all.addAll(List.of("--envs", 6, "--out", run, PACE));
    all.addAll(List.of(more));
    return Workers.start(all.toArray());
  }

  /** Whether a run has been trained and judged. */
  private static boolean isDone(Path run) throws IOException {
    Path summary = run.resolve("summary.json");
    return Files.exists(summary) && Files.readString(summary).contains("\"evaluation\"");
  }

  /** Waits until the learner has written another checkpoint, or has ended. */
  private static void awaitCheckpoint(Process learner, Path run)
      throws IOException, InterruptedException {
    Set<Path> before = checkpoints(run);
    while (before.containsAll(checkpoints(run))
        && !learner.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {}
  }

  private static Set<Path> checkpoints(Path run) throws IOException {
    Path folder = run.resolve("checkpoints");
    if (!Files.exists(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.collect(Collectors.toSet());
    }
  }
}
