package org.bellmanrl.bench.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bellmanrl.bench.Main;
import org.bellmanrl.results.statistics.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningTest {
  private static final String TASK = "q-learning-CliffWalking-v1";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private int run(String... words) {
    return Main.run(stream(out), stream(err), words);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static SeedResult made(long seed, double meanReturn) {
    return new SeedResult(
        "train q-learning CliffWalking-v1", "abc", seed, 3000, 1.5, 2.25, 100, meanReturn, 0.5);
  }

  private Path file(long seed) {
    return folder.resolve("learning").resolve(TASK).resolve("seed-" + seed + ".json");
  }

  private int learn(int seeds) {
    return run("learning", "--only", TASK, "--seeds", "" + seeds, "--out", folder.toString());
  }

  @Test
  void seedRun_trainsAndJudges() throws IOException {
    Path result = folder.resolve("seed-7.json");
    List<String> command = List.of("train", "q-learning", "CliffWalking-v1", "--episodes", "50");

    int status = SeedRun.run(result, folder.resolve("run"), "abc", 7, command, stream(err));

    assertThat(err()).isEmpty();
    assertThat(status).isZero();
    SeedResult read = SeedResult.read(result);
    assertThat(read.command()).isEqualTo("train q-learning CliffWalking-v1 --episodes 50");
    assertThat(read.seed()).isEqualTo(7);
    assertThat(read.episodes()).isEqualTo(SeedRun.EPISODES);
    assertThat(read.steps()).isBetween(50L * 13, 50L * 10_000);
    assertThat(read.seconds()).isPositive();
    assertThat(read.cpuSeconds()).isPositive();
    assertThat(read.meanReturn()).isNegative();
  }

  @Test
  void seedRun_resumed_endsLikeOneThatWasNotKilled() throws IOException {
    List<String> command =
        List.of("train", "q-learning", "FrozenLake-v1", "--steps", "2000", "--set", "epsilon=0.5");
    Path whole = folder.resolve("whole.json");
    assertThat(SeedRun.run(whole, folder.resolve("whole"), "abc", 7, command, stream(err)))
        .isZero();
    // Killed before its first checkpoint, and killed while it was judged.
    Path killed = folder.resolve("killed");
    Files.createDirectories(killed);
    Files.copy(folder.resolve("whole/run.yaml"), killed.resolve("run.yaml"));
    Files.writeString(folder.resolve("killed.command"), String.join(" ", command));
    Path resumed = folder.resolve("resumed.json");
    Path judged = folder.resolve("judged.json");

    assertThat(SeedRun.run(resumed, killed, "abc", 7, command, stream(err))).as(err()).isZero();
    assertThat(SeedRun.run(judged, folder.resolve("whole"), "abc", 7, command, stream(err)))
        .as(err())
        .isZero();

    SeedResult expected = SeedResult.read(whole);
    for (Path file : List.of(resumed, judged)) {
      SeedResult read = SeedResult.read(file);
      assertThat(read.meanReturn()).isEqualTo(expected.meanReturn());
      assertThat(read.steps()).isEqualTo(expected.steps());
      assertThat(read.cpuSeconds()).isNull();
    }
  }

  @Test
  void seedRun_ofAnotherCommand_isNotResumed() throws IOException {
    Path run = folder.resolve("run");
    Path result = folder.resolve("s.json");
    List<String> command = List.of("train", "q-learning", "CliffWalking-v1", "--episodes", "50");
    assertThat(SeedRun.run(result, run, "abc", 7, command, stream(err))).isZero();

    List<String> other = List.of("train", "q-learning", "CliffWalking-v1", "--episodes", "60");
    assertThat(SeedRun.run(result, run, "abc", 7, other, stream(err))).as(err()).isZero();

    assertThat(SeedResult.read(result).cpuSeconds()).isPositive();
    assertThat(folder.resolve("run/timing.csv")).content().contains(",60,");
  }

  @Test
  void seedRun_thatCannotBeTrained_saysWhy() throws IOException {
    List<String> command = List.of("train", "q-lerning", "CliffWalking-v1");

    int status =
        SeedRun.run(
            folder.resolve("s.json"), folder.resolve("run"), "abc", 7, command, stream(err));

    assertThat(status).isEqualTo(2);
    assertThat(err()).contains("q-lerning");
  }

  @Test
  void learning_allSeedsKept_reportsWithoutTraining() throws IOException {
    for (int seed = 0; seed < 4; seed++) {
      made(seed, -20 - seed).write(file(seed));
    }

    assertThat(learn(4)).isZero();

    String page = Files.readString(folder.resolve("learning/learning.md"));
    assertThat(page)
        .contains(
            "| q-learning | CliffWalking-v1 | 3,000 | 4 | -21.5 | -21.5 [-23, -20] | -23 | -13 |"
                + " no | 1.50 s | 2,000 | 2.3 s |",
            "mean return for S = 0, …, 3:\n-20, -21, -22, -23\n",
            "| commit | abc |");
    assertThat(folder.resolve("learning/learning.json"))
        .content(StandardCharsets.UTF_8)
        .contains("\"interquartileMean\": -21.5", "\"crc32c\"");
  }

  @Test
  void learning_fewSeeds_areNamedAndOneHasNoInterval() throws IOException {
    made(0, -20).write(file(0));
    assertThat(learn(1)).isZero();
    assertThat(Files.readString(folder.resolve("learning/learning.md")))
        .contains("| 3,000 | 1 | -20 | -20 | -20 | -13 | no |", "mean return for S = 0:\n-20\n");

    new SeedResult("train q-learning CliffWalking-v1", "abc", 0, 3000, 1.5, null, 100, -20, 0.5)
        .write(file(0));
    assertThat(learn(1)).isZero();
    assertThat(Files.readString(folder.resolve("learning/learning.md")))
        .contains(" 1.50 s | 2,000 | – |");

    made(1, -21).write(file(1));
    made(2, -22).write(file(2));
    assertThat(learn(3)).isZero();
    assertThat(Files.readString(folder.resolve("learning/learning.md")))
        .contains("mean return for S = 0, 1, 2:\n-20, -21, -22\n");
  }

  @Test
  void reference_saysWhetherItIsReached() {
    Interval interval = new Interval(-15, -12);
    ReferenceReturn published = ReferenceReturn.published(-13, "the book");

    assertThat(published.reached(-13, interval)).isEqualTo("yes");
    assertThat(published.reached(-13.1, interval)).isEqualTo("within");
    assertThat(published.reached(-13.1, new Interval(-15, -13.05))).isEqualTo("no");
    assertThat(published.text()).isEqualTo("-13");
    assertThat(published.explanation()).isEqualTo("-13, the book");
    ReferenceReturn goal = ReferenceReturn.goal(475, "the threshold");
    assertThat(goal.reached(480, interval)).isEqualTo("yes");
    assertThat(goal.text()).isEqualTo("(475)");
    assertThat(goal.explanation()).isEqualTo("no published result; (475) is the threshold");
    ReferenceReturn none = ReferenceReturn.goal(Double.NaN, "others end episodes earlier");
    assertThat(none.reached(480, interval)).isEqualTo("–");
    assertThat(none.text()).isEqualTo("–");
    assertThat(none.explanation()).isEqualTo("no published result; others end episodes earlier");
  }

  @Test
  void learning_optionsOfATask_areInItsName() {
    LearningTask hidden =
        LearningTask.ALL.stream()
            .filter(task -> task.words().contains("hide:components=[2]"))
            .findFirst()
            .orElseThrow();
    assertThat(LearningPage.name(hidden)).isEqualTo("ppo Pendulum-v1 hide:components=[2]");
  }

  @Test
  void learning_oneSeedMissing_trainsThatOneOnly() throws IOException {
    made(0, -99).write(file(0));
    byte[] kept = Files.readAllBytes(file(0));
    Path leftOver =
        Files.createDirectories(folder.resolve("learning").resolve(TASK).resolve("runs/seed-1"));
    Files.writeString(leftOver.resolve("run.yaml"), "what a killed run left");

    assertThat(learn(2)).as(err()).isZero();

    assertThat(Files.readAllBytes(file(0))).isEqualTo(kept);
    assertThat(SeedResult.read(file(1)).meanReturn()).isEqualTo(-13);
    assertThat(Files.readString(folder.resolve("learning/learning.md"))).contains("-99, -13");
  }

  @Test
  void learning_damagedSeed_isRefusedByName() throws IOException {
    made(0, -20).write(file(0));
    Files.writeString(file(0), Files.readString(file(0)).replace("-20", "-10"));

    assertThat(learn(1)).isEqualTo(2);
    assertThat(err()).contains(file(0) + " is damaged");
  }

  @Test
  void words_thatMakeNoSense_areRefused() {
    assertThat(run("learning", "--only", "nothing")).isEqualTo(2);
    assertThat(err()).contains("no task contains 'nothing'; there are q-learning-FrozenLake");
    assertThat(run("learning", "--seeds", "0")).isEqualTo(2);
    assertThat(err()).contains("--seeds must be in [1, 10000], was 0");
  }

  @Test
  void tasks_haveNamesOfTheirOwn() {
    assertThat(LearningTask.ALL.stream().map(LearningTask::id)).doesNotHaveDuplicates();
  }
}
