package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.lab.internal.tensorboard.EventFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in processes of their own that are killed without warning, or can't write. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KillTest {
  @TempDir Path folder;

  private Process start(List<String> shell, Object... words) throws IOException {
    List<String> command = new ArrayList<>(shell);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        System.getProperty("jdk.module.path", "")
            + System.getProperty("path.separator")
            + System.getProperty("java.class.path", ""));
    command.add(Main.class.getName());
    for (Object word : words) {
      command.add(word.toString());
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .start();
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out.txt"));
  }

  /** Each run takes a second or two; each attempt is killed at some moment in the first ones. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "q-learning Taxi-v4 --steps 4000000 --trials 1000000 --tensorboard",
        "q-learning CartPole-v1 --steps 4000000 --envs 3 --trials 1000000",
      })
  void kill_atRandomMoments_losesAndRepeatsNothing(String line)
      throws IOException, InterruptedException {
    String[] words = ("train " + line + " --quiet --out").split(" ");
    Path whole = folder.resolve("whole");
    Rl.ok(join(words, whole));
    Path parts = folder.resolve("parts");
    SplittableRandom random = new SplittableRandom();
    Process process = start(List.of(), join(words, parts, "--checkpoint-every", 0.15));
    int kills = 0;
    while (true) {
      while (!Files.exists(parts.resolve("run.yaml"))) {
        assertThat(process.isAlive()).as(output()).isTrue();
        Thread.sleep(20);
      }
      if (kills == 3 || process.waitFor(50 + random.nextInt(600), TimeUnit.MILLISECONDS)) {
        break;
      }
      process.destroyForcibly().waitFor();
      kills++;
      process = start(List.of(), "resume", parts, "--quiet", "--checkpoint-every", 0.15);
    }
    process.waitFor();
    if (process.exitValue() == 2) {
      // Killed when all was written but for the last word.
      assertThat(output()).contains("came to its end");
    } else {
      assertThat(process.exitValue()).as(output()).isZero();
    }
    for (String name : List.of("metrics.csv", "learner.state", "best.state")) {
      assertThat(parts.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
    }
    assertThat(Files.exists(parts.resolve(EventFile.NAME))).isEqualTo(line.contains("tensorboard"));
    if (line.contains("tensorboard")) {
      assertThat(Files.size(parts.resolve(EventFile.NAME)))
          .isEqualTo(Files.size(whole.resolve(EventFile.NAME)));
    }
    assertThat(kills).as("the run ended before it could be killed").isPositive();
  }

  private static Object[] join(String[] words, Object... more) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray();
  }

  @Test
  void resume_whileSomebodyElseWrites_isRefused() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    Process process =
        start(
            List.of(), "train", "q-learning", "Taxi-v4", "--steps", "1000000000000", "--out", run);
    try {
      while (!Files.exists(run.resolve("run.yaml"))) {
        assertThat(process.isAlive()).as(output()).isTrue();
        Thread.sleep(20);
      }
      Rl rl = Rl.run("resume", run);
      assertThat(rl.status()).isEqualTo(2);
      assertThat(rl.err()).contains("somebody else is writing to " + run);
      while (!Files.exists(run.resolve("timing.csv"))) {
        assertThat(process.isAlive()).as(output()).isTrue();
        Thread.sleep(20);
      }
      assertThat(Rl.ok("runs", run)).contains("running").doesNotContain("./rl resume");
      Path picture = folder.resolve("curve.svg");
      assertThat(Rl.ok("plot", run, "--out", picture))
          .contains(run + " has not come to its end: here as far as step ");
      assertThat(picture).content().contains("q-learning");
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(Rl.ok("runs", run)).contains("killed", "./rl resume " + run);
    Rl compared = Rl.run("compare", run);
    assertThat(compared.status()).isEqualTo(2);
    assertThat(compared.err()).contains("going on or was killed; ./rl resume " + run);
    // The dead process's lock does not stand in the way.
    assertThat(Rl.run("resume", folder.resolve("none")).err()).contains("there is no run folder");
  }

  /** No file may grow beyond 16 KiB: as on a full disk, writing fails in the middle of a file. */
  @Test
  void train_whereCheckpointsDontFit_warnsAndGoesOn() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    Process process =
        start(
            List.of("bash", "-c", "ulimit -f 16; exec \"$@\"", "bash"),
            "train",
            "q-learning",
            "FrozenLake8x8-v1",
            "--steps",
            "3000000",
            "--out",
            run,
            "--checkpoint-every",
            "0.1");
    process.waitFor();
    assertThat(output()).contains("warning: cannot write a checkpoint", "goes on without it");
    assertThat(output()).contains("error: cannot write").contains("metrics.csv");
    assertThat(process.exitValue()).isEqualTo(2);
    // Whatever there is of it is whole.
    assertThat(Rl.ok("runs", run)).contains("killed");
  }

  @Test
  void train_fromSeveralSeeds_isEachAsIfAlone() throws IOException {
    Path group = folder.resolve("group");
    String out =
        Rl.ok(
            "train",
            "sarsa",
            "CliffWalking-v1",
            "--episodes",
            300,
            "--seed",
            4,
            "--seeds",
            3,
            "--out",
            group);
    assertThat(out).contains("seed 4: ", "seed 5: ", "seed 6: ", "3 seeds: mean return");
    Path alone = folder.resolve("alone");
    Rl.ok("train", "sarsa", "CliffWalking-v1", "--episodes", 300, "--seed", 5, "--out", alone);
    for (String name : List.of("metrics.csv", "learner.state")) {
      assertThat(group.resolve("seed-5").resolve(name)).hasSameBinaryContentAs(alone.resolve(name));
    }
    Files.delete(group.resolve("seed-6/summary.json"));
    assertThat(Rl.ok("resume", group)).contains("seed 4: ", "seed 6: ", "3 seeds: ");
  }

  @Test
  void train_thatDiverges_saysWhereAndLeavesNothing() {
    Path run = folder.resolve("run");
    Rl rl =
        Rl.run(
            "train",
            "dqn",
            "CartPole-v1",
            "--steps",
            4000,
            "--set",
            "learning_rate=1e30",
            "--set",
            "learning_starts=100",
            "--set",
            "train_freq=4",
            "--set",
            "gradient_steps=1",
            "--tensorboard",
            "--quiet",
            "--out",
            run);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).hasLineCount(1).contains("of dqn", "try a smaller learning rate");
    assertThat(run).doesNotExist();
  }

  @Test
  void train_fromAnotherRun_beginsWithWhatItLearned() {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Rl.ok(
        "train",
        "q-learning",
        "FrozenLake-v1",
        "--env",
        "is_slippery=false",
        "--quiet",
        "--out",
        first);
    assertThat(
            Rl.ok(
                "train",
                "q-learning",
                "FrozenLake-v1",
                "--env",
                "is_slippery=false",
                "--steps",
                1,
                "--from",
                first,
                "--quiet",
                "--out",
                second))
        .contains("mean return 1.000");
    Rl rl =
        Rl.run("train", "sarsa", "FrozenLake-v1", "--from", first, "--out", folder.resolve("x"));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("holds what q-learning learned");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void train_untilATrialIsGoodEnough_stopsThere() throws IOException {
    Path run = folder.resolve("run");
    String out =
        Rl.ok(
            "train",
            "q-learning",
            "FrozenLake-v1",
            "--env",
            "is_slippery=false",
            "--trials",
            100,
            "--stop-at",
            1,
            "--out",
            run);
    assertThat(out).contains("best trial:     mean return 1.000 over 10 episodes");
    assertThat(Files.readString(run.resolve("metrics.csv"))).contains("trial/return");
    assertThat(Rl.ok("eval", run, "--best")).contains("mean return 1.000");
    Rl rl = Rl.run("train", "q-learning", "FrozenLake-v1", "--patience", 3);
    assertThat(rl.err()).contains("there must be trials", "--trials 10000");
  }
}
