package org.bellmanrl.lab.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bellmanrl.lab.Rl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentFileTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("experiment.yaml"), text);
  }

  @Test
  void train_ofWhatConfigPrints_isTheRunOfTheSameWords() throws IOException {
    Object[] words = {"q-learning", "CartPole-v1", "--steps", 3000, "--seed", 3, "--trials", 1000};
    Path direct = folder.resolve("direct");
    Rl.ok(join("train", words, "--quiet", "--out", direct));
    Path fromFile = folder.resolve("from-file");
    Rl.ok("train", file(Rl.ok(join("config", words))), "--quiet", "--out", fromFile);
    Path again = folder.resolve("again");
    Rl.ok("train", direct.resolve("run.yaml"), "--quiet", "--out", again);
    for (String name : new String[] {"metrics.csv", "learner.state", "best.state"}) {
      assertThat(fromFile.resolve(name)).hasSameBinaryContentAs(direct.resolve(name));
      assertThat(again.resolve(name)).hasSameBinaryContentAs(direct.resolve(name));
    }
  }

  private static Object[] join(String first, Object[] words, Object... last) {
    Object[] all = new Object[1 + words.length + last.length];
    all[0] = first;
    System.arraycopy(words, 0, all, 1, words.length);
    System.arraycopy(last, 0, all, 1 + words.length, last.length);
    return all;
  }

  @Test
  void train_ofAShortFile_fillsInThePreset() throws IOException {
    Path file =
        file(
            """
            learner: {id: q-learning, options: {gamma: 0.9}}
            environment: {id: FrozenLake-v1, options: {is_slippery: false}}
            seeds: 2
            """);
    Path run = folder.resolve("run");
    assertThat(Rl.ok("train", file, "--out", run))
        .contains("gamma=0.9", "step_size=0.7", "2 seeds");
    assertThat(Rl.ok("config", file, "--seed", 7)).contains("seed: 7", "seeds: 2", "gamma: 0.9 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "environments: 1 | enviroments: 1 | unknown entry 'enviroments', did you mean 'environments'?",
        "gamma: | gama: | unknown option 'gama', did you mean 'gamma'?",
        "seed: 0 | seed: zero | 'seed' must be a whole number",
        "seed: 0 | seed: \"0\" | was the text \"0\"; leave the quotes out",
        "budget: {episodes: 50000} | budget: {} | 'budget' must hold steps, episodes or both",
        "wrappers: [] | wrappers: none | must be a list of mappings",
        "budget: {episodes: | budget: {episode: | unknown entry 'budget.episode'",
        "id: q-learning | id: q-lerning | did you mean 'q-learning'",
        "evaluation: {episodes: 100 | evaluation: {episodes: 0 | 'evaluation.episodes' must be",
      })
  void train_ofAWrongFile_saysWhichEntry(String from, String to, String expected)
      throws IOException {
    String text = Rl.ok("config", "q-learning", "FrozenLake-v1");
    assertThat(text).contains(from);
    Rl rl = Rl.run("train", file(text.replace(from, to)), "--out", folder.resolve("run"));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).hasLineCount(1).contains(expected);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void train_ofAFileAndAnEnvironment_isRefused() throws IOException {
    Rl rl = Rl.run("train", file("x"), "Taxi-v4");
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("leave 'Taxi-v4' out");
  }

  @Test
  void config_ofAnyDamage_printsOrRefusesInOneLine() throws IOException {
    byte[] whole = Rl.ok("config", "q-learning", "FrozenLake-v1").getBytes(StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 150; i++) {
      byte[] damaged =
          Arrays.copyOf(whole, i % 2 == 0 ? random.nextInt(whole.length) : whole.length);
      for (int k = 0; damaged.length > 0 && i % 2 == 1 && k < 3; k++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Rl rl = Rl.run("config", Files.write(folder.resolve("damaged.yaml"), damaged));
      assertThat(rl.status()).as(rl.err()).isIn(0, 2);
      assertThat(rl.err().lines().count()).isEqualTo(rl.status() / 2);
    }
  }
}
