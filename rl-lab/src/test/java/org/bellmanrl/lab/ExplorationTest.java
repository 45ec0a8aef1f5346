package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Learners find the treasure of a deep sea, which random actions find once in 16,384 episodes, if
 * what is new is rewarded, and don't if it isn't. A shorter form of the table in docs/learners.md.
 */
class ExplorationTest {
  @TempDir private Path folder;

  private double greedyReturn(String learner, String bonus) throws IOException {
    Path run = folder.resolve("run");
    List<Object> words =
        new ArrayList<>(List.of("train", learner, "DeepSea-v1", "--env", "size=14", "--quiet"));
    words.addAll(List.of("--eval-episodes", 1, "--out", run));
    words.addAll(List.of("--set", "hidden=[64,64]", "--set", "learning_rate=0.001"));
    if (learner.equals("ppo")) {
      words.addAll(List.of("--steps", 24_000, "--envs", 8, "--set", "n_steps=64"));
      words.addAll(List.of("--set", "batch_size=128", "--set", "n_epochs=4"));
      words.addAll(List.of("--set", "ent_coef=0.03"));
    } else {
      words.addAll(List.of("--steps", 12_000, "--set", "learning_starts=200"));
      words.addAll(List.of("--set", "train_freq=1", "--set", "target_update_interval=100"));
      words.addAll(List.of("--set", "buffer_size=20000"));
      words.addAll(List.of("--set", "exploration=linear:1:0.05:20%"));
    }
    if (!bonus.equals("none")) {
      words.addAll(List.of("--wrap", bonus));
    }
    Rl.ok(words.toArray());
    return Rl.number(Files.readString(run.resolve("summary.json")), "meanReturn");
  }

  @ParameterizedTest
  @CsvSource({
    "ppo, none, false",
    "ppo, count-bonus, true",
    "ppo, rnd, true",
    "dqn, none, false",
    "dqn, count-bonus:scale=1, true"
  })
  void deepSea_isSolvedWithABonusOnly(String learner, String bonus, boolean solved)
      throws IOException {
    // Without the treasure nothing pays; the way to it costs 0.01.
    assertThat(greedyReturn(learner, bonus) > 0.98).isEqualTo(solved);
  }
}
