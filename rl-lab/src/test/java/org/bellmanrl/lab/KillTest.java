package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in their own processes that are killed without warning, or can't write. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KillTest {
  static final String SEARCH =
      "tune q-learning Taxi-v4 --steps 10000 --trials 6 --seeds 2 --finalists 2 --final-seeds 2"
          + " --quiet";

  @TempDir Path folder;

  /**
   * Each is killed at some moment of its first second or two; {@link KillHarnessTest} does more.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "q-learning Taxi-v4 --steps 1000000 --trials 250000 --tensorboard",
        "q-learning CartPole-v1 --steps 1000000 --envs 3 --trials 250000",
        "q-learning Taxi-v4 --steps 400000 --seeds 3",
      })
  void kill_atRandomMoments_losesAndRepeatsNothing(String line)
      throws IOException, InterruptedException {
    new Kills(folder).train(2, (Object[]) ("train " + line + " --quiet").split(" "));
  }

  @Test
  void kill_ofASearch_losesNoTrialAndTriesTheSame() throws IOException, InterruptedException {
    new Kills(folder).train(2, (Object[]) SEARCH.split(" "));
  }

  @Test
  void resume_whileSomebodyElseWrites_isRefused() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    try (RlProcess process =
        RlProcess.start(
            folder, "train", "q-learning", "Taxi-v4", "--steps", "1000000000000", "--out", run)) {
      process.await(run.resolve("run.yaml"));
      Rl rl = Rl.run("resume", run);
      assertThat(rl.status()).isEqualTo(2);
      assertThat(rl.err()).contains("another run is writing to " + run);
      process.await(run.resolve("timing.csv"));
      assertThat(Rl.ok("runs", run)).contains("running").doesNotContain("./rl resume");
      Path picture = folder.resolve("curve.svg");
      assertThat(Rl.ok("plot", run, "--out", picture))
          .contains(run + " has not come to its end: here as far as step ");
      assertThat(picture).content().contains("q-learning");
      assertThat(process.isAlive()).isTrue();
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
    RlProcess process =
        RlProcess.startIn(
            folder,
            List.of("bash", "-c", "ulimit -f 16; exec \"$@\"", "bash"),
            "train",
            "q-learning",
            "FrozenLake8x8-v1",
            "--steps",
            "3000000",
            "--tensorboard",
            "--out",
            run,
            "--checkpoint-every",
            "0.1");
    assertThat(process.status()).isEqualTo(2);
    assertThat(process.output())
        .contains("warning: cannot write a checkpoint", "warning: cannot write the events in ")
        .contains("goes on without it", "error: cannot write")
        .contains("metrics.csv");
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
    assertThat(rl.err()).hasLineCount(1).contains("must be finite", "try a smaller learning rate");
    assertThat(run).doesNotExist();
  }

  /** Its only update is the last of the run: nothing but the judging can find it. */
  @Test
  void train_thatDivergesAtItsEnd_saysSoWhenJudged() {
    Path run = folder.resolve("run");
    Object[] words = {
      "train",
      "dqn",
      "CartPole-v1",
      "--steps",
      104,
      "--set",
      "learning_rate=1e30",
      "--set",
      "learning_starts=100",
      "--set",
      "train_freq=4",
      "--set",
      "gradient_steps=1",
      "--quiet",
      "--out",
      run
    };
    Rl rl = Rl.run(words);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).hasLineCount(1).contains("must be finite", "try a smaller learning rate");
    Rl judged = Rl.run("resume", run);
    assertThat(judged.status()).isEqualTo(2);
    assertThat(judged.err()).hasLineCount(1).contains("must be finite");
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
