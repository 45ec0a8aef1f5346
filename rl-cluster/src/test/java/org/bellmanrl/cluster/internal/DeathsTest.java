package org.bellmanrl.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.cluster.Dealer;
import org.bellmanrl.lab.cluster.Membership;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Request;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.cluster.Remote;
import org.bellmanrl.lab.internal.cluster.RemoteRounds;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.rounds.RoundEngine;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.Stepping;
import org.bellmanrl.lab.internal.run.TrialPlan;
import org.bellmanrl.lab.internal.training.Pace;
import org.bellmanrl.lab.internal.training.Setup;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.training.TrainingRuns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The run has the bits of one process, whichever process is killed and when. */
class DeathsTest {
  private static final Assembler ASSEMBLER =
      new Assembler(Registry.builder().discover(DeathsTest.class.getClassLoader()).build());

  @TempDir Path folder;

  private static Experiment experiment(String learner, String task, int round, long steps) {
    Map<String, Object> options = new HashMap<>();
    switch (learner) {
      case "ppo" -> options.putAll(Map.of("n_steps", 32, "batch_size", 32, "hidden", "[16]"));
      case "a2c" -> options.put("hidden", "[16]");
      case "q-learning" -> {}
      default ->
          options.putAll(
              Map.of(
                  "learning_starts", 100, "buffer_size", 500, "train_freq", 8, "hidden", "[16]"));
    }
    return new Resolver(ASSEMBLER.parts(), new Presets())
        .resolve(
            new Request(
                learner,
                task,
                options,
                Map.of(),
                OptionalInt.of(6),
                List.of(),
                Budget.steps(steps),
                null,
                TrialPlan.NONE,
                null,
                List.of(),
                "",
                3))
        .withStepping(new Stepping(round, false));
  }

  private void train(Experiment experiment, String name, RoundEngine.@Nullable Maker rounds) {
    try (TrainingRun run =
        TrainingRuns.begin(
            new Setup(
                ASSEMBLER, Pace.DEFAULT, (progress, heard, seconds) -> {}, warning -> {}, rounds),
            experiment,
            RunFolder.create(folder.resolve(name)),
            false)) {
      assertThat(run.run()).isTrue();
    }
  }

  private void assertSame(String name, String other) {
    for (String file : List.of("metrics.csv", "learner.state")) {
      assertThat(folder.resolve(name).resolve(file))
          .as(name + " " + file)
          .hasSameBinaryContentAs(folder.resolve(other).resolve(file));
    }
  }

  private static String freeAddress() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + free.getLocalPort();
    }
  }

  /** Trains on a cluster, and tells the number of each job right after it was submitted. */
  private void trainOn(String address, Experiment experiment, String name, IntConsumer submitted) {
    try (Dealer dealer =
        new PekkoCluster().deal(Membership.of(address), Remote.facts(), warning -> {})) {
      Dealer told =
          new Dealer() {
            private int count;

            @Override
            public Stage stage(byte[] bytes, boolean exact) {
              return dealer.stage(bytes, exact);
            }

            @Override
            public Job submit(Stage stage, byte[] job, Consumer<byte[]> reports) {
              Job result = dealer.submit(stage, job, reports);
              submitted.accept(count++);
              return result;
            }

            @Override
            public int capacity() {
              return dealer.capacity();
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
    Experiment experiment = experiment("ppo", "CartPole-v1", 1, 3000);
    train(experiment, "here", null);
    String address = freeAddress();
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
      assertSame("there", "here");
    }
  }

  /** The harness: random deaths of workers at random jobs, for every kind of learner. */
  @ParameterizedTest
  @CsvSource({
    "ppo,CartPole-v1,1",
    "a2c,CartPole-v1,1",
    "dqn,CartPole-v1,10",
    "sac,Pendulum-v1,10",
    "q-learning,Taxi-v4,10"
  })
  @Tag("long")
  void workers_killedAtRandom_changeNothing(String learner, String task, int round)
      throws IOException {
    Experiment experiment = experiment(learner, task, round, 6000);
    train(experiment, "here", null);
    Random random = new Random(1);
    for (int count : new int[] {1, 2, 3, 5}) {
      String address = freeAddress();
      try (Workers workers = new Workers(address)) {
        workers.start(count);
        String name = count + " workers";
        trainOn(
            address,
            experiment,
            name,
            job -> {
              try {
                if (random.nextInt(40) == 0) {
                  workers.kill(random.nextInt(workers.count()));
                  workers.start(1);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
        assertSame(name, "here");
      }
    }
  }

  /** The learner's process is killed again and again, and resumed. */
  @ParameterizedTest
  @CsvSource({"ppo,CartPole-v1,0", "dqn,CartPole-v1,10"})
  @Tag("long")
  void learner_killedAtRandom_goesOnToTheSameBits(String learner, String task, int round)
      throws IOException, InterruptedException {
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    String[] words = {
      "train", learner, task, "--envs", "4", "--steps", "100000", "--checkpoint-every", "0.3"
    };
    String[] more = round == 0 ? new String[0] : new String[] {"--round", "" + round};
    assertThat(Workers.start(with(words, more, "--out", here)).waitFor()).isZero();
    String address = freeAddress();
    Random random = new Random(2);
    int kills = 0;
    try (Workers workers = new Workers(address)) {
      workers.start(2);
      Process process = Workers.start(with(words, more, "--out", there, "--cluster", address));
      while (!process.waitFor(3000 + random.nextInt(3000), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        kills++;
        process =
            Files.exists(there.resolve("run.yaml"))
                ? Workers.start("resume", there, "--cluster", address, "--checkpoint-every", "0.3")
                : Workers.start(with(words, more, "--out", there, "--cluster", address));
      }
      assertThat(process.exitValue()).isZero();
    }
    assertThat(kills).isPositive();
    assertSame("there", "here");
  }

  private static Object[] with(String[] words, String[] more, Object... rest) {
    Object[] all = new Object[words.length + more.length + rest.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    System.arraycopy(rest, 0, all, words.length + more.length, rest.length);
    return all;
  }
}
