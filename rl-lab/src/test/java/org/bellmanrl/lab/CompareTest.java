package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareTest {
  private static final int SEEDS = 3;

  @TempDir static Path shared;
  private static Path slow;
  private static Path fast;
  private static Path other;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    slow = shared.resolve("slow");
    fast = shared.resolve("fast");
    other = shared.resolve("other");
    for (int seed = 0; seed < SEEDS; seed++) {
      train("q-learning", "CliffWalking-v1", "step_size=0.1", 60, seed, slow);
      train("q-learning", "CliffWalking-v1", "step_size=0.5", 60, seed, fast);
    }
    train("sarsa", "FrozenLake-v1", "gamma=0.9", 80, 7, other);
  }

  private static void train(
      String learner, String task, String setting, int episodes, int seed, Path to) {
    Rl.ok(
        "train",
        learner,
        task,
        "--set",
        setting,
        "--episodes",
        episodes,
        "--eval-episodes",
        5,
        "--seed",
        seed,
        "--quiet",
        "--out",
        to.resolve("seed-" + seed));
  }

  @Test
  void compare_groupsRunsBySettingsAndNamesWhatDiffers() {
    String out = Rl.ok("compare", slow, fast);
    List<String> lines = out.lines().toList();
    assertThat(lines.get(0)).isEqualTo("CliffWalking-v1");
    assertThat(lines.get(1)).contains("learner", "runs", "IQM", "better", "steps/s");
    assertThat(lines.get(2)).matches("  q-learning step_size=0.1 +3 .*\\[.*] +- +- .*");
    assertThat(lines.get(3)).matches("  q-learning step_size=0.5 +3 .*\\[.*] +[01]\\.\\d\\d .*");
    assertThat(out).contains("too narrow");
  }

  /** Four settings and a wrapper differ; two of them tell the three apart. */
  @Test
  void compare_whereMuchDiffers_namesWhatTellsRunsApart() {
    String[][] variants = {
      {"--set", "step_size=0.1", "--set", "gamma=0.9", "--set", "epsilon=0.1"},
      {"--set", "step_size=0.2", "--set", "gamma=0.8", "--set", "epsilon=0.2"},
      {"--set", "step_size=0.2", "--set", "gamma=0.8", "--set", "epsilon=0.2"},
    };
    List<Object> words = new ArrayList<>(List.of("compare"));
    for (int i = 0; i < variants.length; i++) {
      Path out = folder.resolve("variant-" + i);
      words.add(out);
      List<Object> line =
          new ArrayList<>(
              List.of("train", "q-learning", "CliffWalking-v1", "--episodes", 3, "--quiet"));
      line.addAll(List.of("--eval-episodes", 1, "--out", out));
      line.addAll(List.of(variants[i]));
      if (i == 2) {
        line.addAll(List.of("--wrap", "scale-reward:factor=0.5"));
      }
      Rl.ok(line.toArray());
    }
    assertThat(Rl.ok(words.toArray()).lines())
        .anyMatch(line -> line.startsWith("  q-learning step_size=0.1 … "))
        .anyMatch(line -> line.startsWith("  q-learning step_size=0.2 … "))
        .anyMatch(line -> line.startsWith("  q-learning step_size=0.2 wrapper=scale-reward … "));
  }

  @Test
  void compare_ofAResultThatIsNoNumber_leavesItOutByName() {
    Path broken = folder.resolve("run");
    Rl.ok(
        "train",
        "td-prediction",
        "GivenRewards-v1",
        "--env",
        "rewards=[1e308,1e308]",
        "--episodes",
        1,
        "--set",
        "step_size=0.1",
        "--quiet",
        "--out",
        broken);
    Rl rl = Rl.run("compare", slow, broken);
    assertThat(rl.status()).isZero();
    assertThat(rl.out()).contains("q-learning");
    assertThat(rl.err()).contains(broken + " is left out: its mean return is nan");
    assertThat(Rl.run("compare", broken).status()).isEqualTo(2);
  }

  @Test
  void compare_withPolicies_judgesThemBesideTheRuns() {
    Object[] words = {
      "compare", fast, "--policy", "cliff-path:distance=2", "--policy", "cliff-path"
    };
    assertThat(Rl.ok(words).lines())
        .anyMatch(line -> line.matches("  cliff-path distance=2 +- +-15\\.00 +- .*"))
        .anyMatch(line -> line.matches("  cliff-path +- +-13\\.00 +- .*"));
    assertThat(Rl.ok("compare", fast, "--json", "--policy", "cliff-path"))
        .contains("\"policy\": \"cliff-path\"", "\"meanReturn\": -13.0");
    assertThat(Rl.run("compare", other, "--policy", "cliff-path").err())
        .contains("cliff-path: ", "CliffWalking-v1");
  }

  @Test
  void compare_asJson_hasTheNumbersOfTheSummaries() throws IOException {
    String json = Rl.ok("compare", fast, "--json");
    double sum = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      double score =
          Rl.number(
              Files.readString(fast.resolve("seed-" + seed).resolve("summary.json")), "meanReturn");
      assertThat(json).contains(Double.toString(score));
      sum += score;
    }
    assertThat(Rl.number(json, "mean")).isEqualTo(sum / SEEDS);
    assertThat(json).contains("\"seeds\": [0, 1, 2]", "\"probabilityOfImprovement\": null");
    assertThat(Rl.ok("compare", fast, "--json")).isEqualTo(json);
  }

  @Test
  void compare_ofSeveralTasks_keepsThemApart() {
    String out = Rl.ok("compare", other, slow);
    assertThat(out)
        .containsSubsequence("FrozenLake-v1\n", "sarsa", "CliffWalking-v1\n", "q-learning ");
    assertThat(out).doesNotContain("step_size=").doesNotContain("better: ");
  }

  @Test
  void compare_drawsProfiles() throws IOException {
    Path svg = folder.resolve("profiles.svg");
    assertThat(Rl.ok("compare", slow, fast, "--out", svg)).contains("profiles in " + svg);
    assertThat(Files.readString(svg)).contains("step_size=0.1", "step_size=0.5", "<svg");
    Rl.ok("compare", slow, other, "--out", folder.resolve("several.png"));
    assertThat(ImageIO.read(folder.resolve("several-2.png").toFile())).isNotNull();
  }

  @Test
  void compare_withTheSameRunTwice_countsItOnce() throws IOException {
    Path copy = copy(fast.resolve("seed-1"), folder.resolve("copy"));
    Rl rl = Rl.run("compare", fast, copy, "--json");
    assertThat(rl.err()).hasLineCount(1).contains(copy + " is left out");
    assertThat(rl.out()).isEqualTo(Rl.ok("compare", fast, "--json"));
  }

  @Test
  void compare_withADamagedRun_warnsAndGoesOn() throws IOException {
    Path copy = copy(fast.resolve("seed-1"), folder.resolve("copy"));
    Files.writeString(copy.resolve("metrics.csv"), "episode,step\n");
    Rl rl = Rl.run("compare", copy, slow);
    assertThat(rl.status()).isZero();
    assertThat(rl.err()).hasLineCount(1).startsWith("warning: ").contains("metrics.csv is damaged");
    Rl alone = Rl.run("compare", copy);
    assertThat(alone.status()).isEqualTo(2);
    assertThat(alone.err()).hasLineCount(1).startsWith("error: ").contains("metrics.csv");
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (String name :
        List.of("run.yaml", "metrics.csv", "timing.csv", "learner.state", "summary.json")) {
      Files.copy(from.resolve(name), to.resolve(name));
    }
    return to;
  }

  @Test
  void plot_drawsALineForEachGroup() throws IOException {
    Path svg = folder.resolve("curves.svg");
    assertThat(Rl.ok("plot", slow, fast, "--out", svg)).contains(svg.toString());
    assertThat(Files.readString(svg))
        .contains("q-learning step_size=0.1 (3 runs)", "return, mean of 3 episodes", ">steps<")
        .contains("CliffWalking-v1");
    Path png = folder.resolve("curves.png");
    Rl.ok("plot", slow, other, "--by", "episodes", "--smooth", 1, "--out", png);
    BufferedImage picture = ImageIO.read(png.toFile());
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        colours.add(picture.getRGB(x, y) & 0xffffff);
      }
    }
    assertThat(colours).contains(0x0072b2, 0xd55e00);
  }

  @Test
  void plot_ofAnotherMetric_drawsIt() throws IOException {
    Path svg = folder.resolve("length.svg");
    Rl.ok("plot", other, "--metric", "length", "--by", "episodes", "--out", svg);
    assertThat(Files.readString(svg)).contains(">length, mean of 4 episodes<", ">episodes<");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plot SLOW --metric retrun | no metric 'retrun', did you mean 'return'?",
        "plot SLOW --metric step | there is no metric 'step'",
        "plot SLOW --by hours | --by must be steps or episodes, was 'hours'",
        "plot SLOW --smooth 0 | --smooth must be at least 1, was 0",
        "plot SLOW --out curves.gif | .svg or .png files",
        "compare SLOW --out curves | .svg or .png files",
        "compare nowhere | there is no run folder nowhere",
        "compare | RUNS",
        "plot pom.xml | pom.xml is not a folder",
        "plot src/main/java | there is no run in",
      })
  void badInput_isAnsweredWithOneLineAndStatus2(String line, String expected) {
    Rl rl = Rl.run((Object[]) line.replace("SLOW", slow.toString()).split(" ", -1));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).hasLineCount(1).startsWith("error: ").contains(expected);
    assertThat(rl.out()).isEmpty();
  }
}
