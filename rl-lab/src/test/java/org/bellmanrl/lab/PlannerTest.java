package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods that plan by a task's exact model, from the command line. */
class PlannerTest {
  @TempDir Path folder;

  @Test
  void valueIteration_frozenLake_isTrainedAndShown() {
    Path run = folder.resolve("run");
    Rl.ok(
        "train",
        "value-iteration",
        "FrozenLake-v1",
        "--set",
        "gamma=0.95",
        "--quiet",
        "--out",
        run);
    String shown = Rl.ok("show", run);

    // V* of the start is 0.180472; in the second row the best is to run into the left border.
    assertThat(shown).contains(" 0.18 ").contains("←  H  ←  H");
  }

  @Test
  void valueIteration_taskWithoutModel_isRefused() {
    Rl rl =
        Rl.run(
            "train", "value-iteration", "Blackjack-v1", "--quiet", "--out", folder.resolve("run"));

    assertThat(rl.status()).isNotZero();
    assertThat(rl.err())
        .contains("value-iteration needs the exact model of its task, but Blackjack-v1 has none");
  }
}
