package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What environments report about their steps is in {@code metrics.csv}, episode by episode. */
class DiagnosticsTest {
  @TempDir Path folder;

  @Test
  void train_huggy_termsOfTheRewardAddUpToTheReturn() throws IOException {
    Path run = folder.resolve("run");
    Rl.ok(
        "train", "ppo", "Huggy-v1", "--steps", 4096, "--env", "max_episode_steps=30", "--out", run);

    List<String> lines = Files.readAllLines(run.resolve("metrics.csv"));
    List<String> names = List.of(lines.getFirst().split(",", -1));
    assertThat(lines).hasSizeGreaterThan(10);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      double sum = 0;
      for (String term : List.of("direction", "goal", "time", "rotation")) {
        sum += Double.parseDouble(cells[names.indexOf("diagnostic/reward_" + term)]);
      }
      double earned = Double.parseDouble(cells[names.indexOf("return")]);
      assertThat(sum).isCloseTo(earned, within(1e-9));
      double height = Double.parseDouble(cells[names.indexOf("diagnostic/height")]);
      assertThat(height).as("a mean over the steps, in metres").isBetween(0.05, 0.6);
    }
  }
}
