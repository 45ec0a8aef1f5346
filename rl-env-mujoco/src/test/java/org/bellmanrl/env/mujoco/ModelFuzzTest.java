package org.bellmanrl.env.mujoco;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged model files are refused with a reason, or simulated; the JVM survives both. */
@RequiresMujoco
class ModelFuzzTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void load_damagedFile_refusedOrSimulated(long seed, @TempDir Path folder) throws IOException {
    RandomStream random = RandomStream.ofSeed(seed);
    String model = new String(Legs.bytes(), StandardCharsets.UTF_8);
    int refused = 0;
    for (int i = 0; i < 150; i++) {
      Path file = Files.writeString(folder.resolve("model.xml"), damaged(model, random));
      try (MujocoSimulation simulation = MujocoSimulation.load(file)) {
        for (int k = 0; k < simulation.nu(); k++) {
          simulation.setControl(k, 1);
        }
        simulation.step(20);
        simulation.computeBodyForces();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("model.xml: ");
        assertThat(e.getMessage()).doesNotEndWith("model.xml: ");
        refused++;
      }
    }
    assertThat(refused).isBetween(20, 149);
  }

  /** Cuts, doubles, swaps or overwrites parts of a text; numbers grow by a few digits at most. */
  private static String damaged(String model, RandomStream random) {
    StringBuilder text = new StringBuilder(model);
    int times = 1 + random.integers(3);
    for (int k = 0; k < times; k++) {
      int at = random.integers(text.length());
      int end = Math.min(text.length(), at + 1 + random.integers(30));
      switch (random.integers(5)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, text.substring(at, end));
        case 2 -> text.setCharAt(at, (char) (32 + random.integers(95)));
        case 3 ->
            text.insert(
                at, List.of("-", "0", "1e9", "nan", "\"", "<", ">").get(random.integers(7)));
        default -> swapWords(text, random);
      }
      if (text.isEmpty()) {
        return "";
      }
    }
    return text.toString();
  }

  private static void swapWords(StringBuilder text, RandomStream random) {
    List<String> words = new ArrayList<>(List.of(text.toString().split(" ", -1)));
    int first = random.integers(words.size());
    int second = random.integers(words.size());
    String word = words.get(first);
    words.set(first, words.get(second));
    words.set(second, word);
    text.setLength(0);
    text.append(String.join(" ", words));
  }
}
