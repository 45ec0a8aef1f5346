package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever has happened to a run folder, the commands say so in one line. */
class DamagedRunTest {
  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() {
    run = folder.resolve("run");
    Rl.ok("train", "q-learning", "FrozenLake-v1", "--episodes", 200, "--quiet", "--out", run);
  }

  private static void refused(String... named) {
    for (String command : new String[] {"eval", "show", "play"}) {
      Rl rl = Rl.run(command, run);
      assertThat(rl.status()).as(rl.err()).isEqualTo(2);
      assertThat(rl.err()).hasLineCount(1).startsWith("error: ").contains(named);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.yaml", "metrics.csv", "timing.csv", "learner.state", "summary.json"})
  void open_withAFileDamaged_namesIt(String name) throws IOException {
    Path file = run.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(1);
    try {
      for (int i = 0; i < 8; i++) {
        Files.write(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
        refused(name);
      }
      for (int i = 0; i < 8; i++) {
        byte[] flipped = whole.clone();
        flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, flipped);
        refused(name);
      }
      Files.delete(file);
      refused(name.equals("summary.json") ? "killed" : name);
    } finally {
      Files.write(file, whole);
    }
    assertThat(Rl.run("eval", run).status()).isZero();
  }

  @Test
  void open_ofAForeignFolder_saysWhatIsMissing() throws IOException {
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    assertThat(Rl.run("eval", foreign).err()).contains("is not a run folder", "summary.json");
    Files.writeString(foreign.resolve("summary.json"), "{\"mean\": 1}");
    assertThat(Rl.run("eval", foreign).err()).contains("summary.json is damaged");
    assertThat(Rl.run("eval", foreign.resolve("summary.json")).err()).contains("not a folder");
  }
}
