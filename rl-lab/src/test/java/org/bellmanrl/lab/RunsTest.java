package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunsTest {
  @TempDir static Path folder;
  private static Path one;
  private static Path two;

  @BeforeAll
  static void train() throws IOException {
    one = folder.resolve("z-first");
    two = folder.resolve("group").resolve("seed-3");
    Rl.ok("train", "q-learning", "FrozenLake-v1", "--episodes", 50, "--quiet", "--out", one);
    Rl.ok(
        "train",
        "sarsa",
        "CliffWalking-v1",
        "--episodes",
        20,
        "--seed",
        3,
        "--quiet",
        "--out",
        two);
    Files.setLastModifiedTime(
        one.resolve("summary.json"), FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.createDirectory(folder.resolve("foreign"));
  }

  @Test
  void runs_listsThemTheLatestLast() {
    List<String> lines = Rl.ok("runs", folder).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("run").contains("learner", "status", "return", "date");
    assertThat(lines.get(1))
        .startsWith(one.toString())
        .containsSubsequence("q-learning", "FrozenLake-v1", "0", "finished", "50", "2020-01-0");
    assertThat(lines.get(2))
        .startsWith(two.toString())
        .containsSubsequence("sarsa", "CliffWalking-v1", "3", "finished", "20");
  }

  @Test
  void summary_saysWhenTheRunWasBegun() throws IOException {
    Instant begun = Files.getLastModifiedTime(two.resolve("run.yaml")).toInstant();
    assertThat(two.resolve("summary.json"))
        .content()
        .contains("\"begun\": \"" + begun.truncatedTo(ChronoUnit.SECONDS) + "\"");
  }

  @Test
  void runs_ofARunFolder_showsIt() {
    assertThat(Rl.ok("runs", two)).hasLineCount(2).contains("sarsa");
  }

  @Test
  void runs_asJson_hasTheNumbersOfTheSummary() throws IOException {
    String json = Rl.ok("runs", folder, "--json");
    assertThat(json).contains("\"date\": \"2020-01-02T03:04:05Z\"", "\"status\": \"finished\"");
    assertThat(Rl.number(json, "meanReturn"))
        .isEqualTo(Rl.number(Files.readString(one.resolve("summary.json")), "meanReturn"));
    assertThat(Rl.ok("runs", folder.resolve("foreign"), "--json")).isEqualTo("[]\n");
  }

  @Test
  void runs_withoutASummary_areKilledOrGoOn() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("foreign").resolve("copy"));
    try {
      Files.copy(two.resolve("run.yaml"), copy.resolve("run.yaml"));
      assertThat(Rl.ok("runs", copy)).contains("killed");
      try (RunFolder _ = RunFolder.unfinished(copy).folder().hold()) {
        assertThat(Rl.ok("runs", copy)).contains("running");
      }
      assertThat(Rl.ok("runs", copy)).contains("killed");
    } finally {
      Files.delete(copy.resolve("run.yaml"));
      Files.delete(copy);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.yaml", "metrics.csv", "timing.csv", "learner.state", "summary.json"})
  void runs_withADamagedFolder_nameItAndShowTheRest(String name) throws IOException {
    Path file = two.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(2);
    try {
      for (int i = 0; i < 6; i++) {
        byte[] damaged = whole.clone();
        if (i % 2 == 0) {
          damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
        } else {
          damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, damaged);
        Rl rl = Rl.run("runs", folder);
        assertThat(rl.status()).as(rl.err()).isZero();
        assertThat(rl.err()).hasLineCount(1).startsWith("warning: ").contains(file.toString());
        assertThat(rl.out()).hasLineCount(2).contains(one.toString());
      }
      assertThat(Rl.ok("runs", folder, "--json")).contains("\"status\": \"damaged\"", name);
    } finally {
      Files.write(file, whole);
    }
  }

  @Test
  void runs_whereThereIsNone_saysSo() {
    assertThat(Rl.ok("runs", folder.resolve("foreign"))).contains("no runs in", "rl train");
    Rl rl = Rl.run("runs", folder.resolve("nowhere"));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("there is no folder");
    assertThat(Rl.run("runs", folder.resolve("notes.txt")).err()).contains("is not a folder");
  }
}
