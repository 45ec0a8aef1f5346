package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that go on: after they were ended while they were judged, changed, or made longer. */
class ResumeCommandTest {
  @TempDir Path folder;

  private Path train(String name, Object... more) {
    Path run = folder.resolve(name);
    Object[] words = {"train", "q-learning", "FrozenLake-v1", "--quiet", "--out", run};
    Object[] all = new Object[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    Rl.ok(all);
    return run;
  }

  /** Leaves the folder as one that was killed while what was learned was judged. */
  private static void forgetJudgement(Path run) throws IOException {
    Path file = run.resolve("summary.json");
    String text = Files.readString(file);
    int from = text.indexOf("  \"evaluation\"");
    int to = text.indexOf("  },\n", from) + "  },\n".length();
    String body = text.substring(0, from) + text.substring(to, text.indexOf(",\n  \"crc32c\""));
    java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
    sum.update(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Files.writeString(file, body + ",\n  \"crc32c\": \"%08x\"\n}\n".formatted(sum.getValue()));
    Files.writeString(run.resolve("run.lock"), "123 4");
  }

  @Test
  void resume_ofARunKilledWhileJudged_judgesItAndCleansUp() throws IOException {
    Path run = train("run", "--episodes", 50);
    double before = Rl.number(Rl.ok("runs", run, "--json"), "meanReturn");
    String state = Files.readString(run.resolve("metrics.csv"));
    forgetJudgement(run);

    assertThat(Rl.ok("runs", run)).contains("not evaluated", "./rl resume " + run);
    assertThat(Rl.run("compare", run).err()).contains("ended before it was evaluated; ./rl resume");
    assertThat(Rl.ok("resume", run)).contains("had come to the end of its training: mean return");

    assertThat(Rl.number(Rl.ok("runs", run, "--json"), "meanReturn")).isEqualTo(before);
    assertThat(Rl.ok("runs", run)).contains("finished");
    assertThat(run.resolve("metrics.csv")).hasContent(state);
    assertThat(run.resolve("run.lock")).doesNotExist();
    assertThat(Rl.ok("compare", run)).contains("q-learning");
    assertThat(Rl.run("resume", run).err()).contains("came to its end", "--steps N");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q-learning FrozenLake-v1 --set epsilon=linear:1:0.1:50% --trials 300 --envs 3",
        "dqn CartPole-v1 --set learning_starts=100 --set train_freq=8 --set gradient_steps=1"
            + " --set hidden=[16] --tensorboard",
        "ppo CartPole-v1 --set n_steps=64 --set batch_size=32 --wrap normalize-observation",
      })
  void resume_withMoreSteps_isAsIfTheRunHadBeenSoLongFromTheBeginning(String line)
      throws IOException {
    Path run = folder.resolve("run");
    Path whole = folder.resolve("whole");
    Rl.ok(words("train " + line + " --steps 1000 --quiet --out", run));
    String out = Rl.ok("resume", run, "--steps", 1500);
    assertThat(out).contains("1,500 steps", "schedules over the first 1,000 steps", "resumed");

    // What run.yaml says now gives the same run.
    Path file = folder.resolve("longer.yaml");
    Files.copy(run.resolve("run.yaml"), file);
    Rl.ok("train", file, "--quiet", "--out", whole);
    for (String name : List.of("metrics.csv", "learner.state")) {
      assertThat(run.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
    }
    assertThat(Rl.number(Rl.ok("runs", run, "--json"), "meanReturn"))
        .isEqualTo(Rl.number(Rl.ok("runs", whole, "--json"), "meanReturn"));
    Rl rl = Rl.run("resume", run, "--steps", 1200);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains(run + " has 15", "say more");
    assertThat(Rl.ok("runs", run)).contains("finished");
  }

  private static Object[] words(String line, Path run) {
    return (line + " " + run).split(" ");
  }

  @Test
  void resume_withMoreSteps_afterAnEarlyStop_goesOn() throws IOException {
    Path run =
        train(
            "run", "--env", "is_slippery=false", "--steps", 5000, "--trials", 100, "--stop-at", 1);
    long steps = (long) Rl.number(Files.readString(run.resolve("summary.json")), "steps");
    assertThat(steps).isLessThan(5000);
    Rl.ok("resume", run, "--steps", Long.toString(steps + 50), "--quiet");
    assertThat(Rl.number(Files.readString(run.resolve("summary.json")), "steps"))
        .isEqualTo((double) (steps + 50));
  }

  @Test
  void resume_settingsChanged_isRefusedUnlessAccepted() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    try (RlProcess process =
        RlProcess.start(
            folder,
            "train",
            "q-learning",
            "FrozenLake-v1",
            "--set",
            "gamma=0.99",
            "--steps",
            1_000_000_000_000L,
            "--checkpoint-every",
            0.1,
            "--out",
            run)) {
      process.await(run.resolve("checkpoints/000000000001.json"));
    }
    Path file = run.resolve("run.yaml");
    String text = Files.readString(file);
    String changed = text.replace("gamma: 0.99", "gamma: 0.19").replace("1000000000000", "1000");
    assertThat(changed).contains("gamma: 0.19", "steps: 1000}");
    Files.writeString(file, changed);

    Rl rl = Rl.run("resume", run);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err())
        .hasLineCount(1)
        .contains(
            "learner.options.gamma (0.99, now 0.19)",
            "budget.steps (1000000000000, now 1000)",
            "--accept-changes");
    assertThat(Rl.run("resume", run, "--accept-changes", "--quiet").status()).isZero();
    assertThat(Rl.ok("show", run)).contains("gamma=0.19");
  }

  @Test
  void train_fromARun_takesItsSettingsOver() throws IOException {
    Path first = train("first", "--set", "gamma=0.7", "--env", "map_name=8x8", "--episodes", 20);
    Path second = folder.resolve("second");
    Rl.ok("train", "--from", first, "--set", "epsilon=0.2", "--quiet", "--out", second);
    assertThat(second.resolve("run.yaml"))
        .content()
        .contains(
            "gamma: 0.7", "map_name: 8x8", "epsilon: '0.2'", "episodes: 20", "as in " + first);
    Rl rl = Rl.run("train", "--quiet");
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("'LEARNER|FILE' is missing");
  }

  /** When learning ended ε was 0, so what explores is greedy; the schedule's first value is 1. */
  @Test
  void eval_stochastic_exploresAsTheLearnerDidAtTheEnd() {
    Path run =
        train(
            "run",
            "--env",
            "is_slippery=false",
            "--steps",
            5000,
            "--trials",
            1000,
            "--set",
            "epsilon=linear:1:0:50%");
    String greedy = Rl.ok("eval", run, "--json");
    assertThat(Rl.number(greedy, "meanReturn")).isEqualTo(1);
    assertThat(Rl.ok("eval", run, "--json", "--stochastic")).isEqualTo(greedy);
    // The best policy was found early on, when it explored half of the time or more.
    assertThat(Rl.number(Rl.ok("eval", run, "--json", "--stochastic", "--best"), "meanReturn"))
        .isLessThan(1);
  }
}
