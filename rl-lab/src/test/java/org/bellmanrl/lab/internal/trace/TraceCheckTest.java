package org.bellmanrl.lab.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bellmanrl.lab.Rl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceCheckTest {
  private static final List<String> LAKE =
      List.of(
          "{\"id\": \"FrozenLake-v1\", \"kwargs\": {\"is_slippery\": false, \"desc\": [\"SFG\"]},"
              + " \"max_episode_steps\": 100}",
          "{\"reset\": 0, \"obs\": 0}",
          "{\"action\": 2, \"obs\": 1, \"reward\": 0.0, \"terminated\": false, \"truncated\":"
              + " false}",
          "{\"action\": 2, \"obs\": 2, \"reward\": 1.0, \"terminated\": true, \"truncated\":"
              + " false}",
          "{\"reset\": null, \"obs\": 0}");

  @TempDir Path folder;

  private Path file(List<String> lines) throws IOException {
    return Files.write(folder.resolve("lake.jsonl"), lines);
  }

  @Test
  void check_ofAMatchingTrace_isOk() throws IOException {
    Path file = file(LAKE);
    assertThat(Rl.ok("trace", "check", file)).isEqualTo("ok " + file + " rows=4 maxError=0.0\n");
  }

  @Test
  void check_ofALineWithoutEnd_isRefusedBeforeItIsRead() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("long.jsonl"), LAKE.getFirst() + "\n" + "9".repeat(1 << 24));
    Rl rl = Rl.run("trace", "check", file);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("at line 2: the line has more than 8388608 characters");
  }

  @Test
  void check_ofLinesWithCarriageReturns_isOk() throws IOException {
    Path file = Files.writeString(folder.resolve("dos.jsonl"), String.join("\r\n", LAKE));
    assertThat(Rl.ok("trace", "check", file)).startsWith("ok ").contains("rows=4");
  }

  /** The first step of MinAtar's game from seed 0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[220] | ok",
        "[224] | MISMATCH",
        "[220, 224] | MISMATCH",
        "[] | MISMATCH",
        "[400] | `at line 3`",
        "220 | `at line 3`",
      })
  void check_ofOnes_comparesAllElements(String ones, String expected) throws IOException {
    Path file =
        file(
            List.of(
                "{\"id\": \"MinAtar/asterix\", \"kwargs\": {\"sticky_action_prob\": 0.1}}",
                "{\"reset\": 0, \"ones\": [220]}",
                "{\"action\": 0, \"ones\": "
                    + ones
                    + ", \"reward\": 0.0, \"terminated\": false, \"truncated\": false}"));
    Rl rl = Rl.run("trace", "check", file);
    assertThat(rl.out() + rl.err()).hasLineCount(1).contains(expected);
  }

  @Test
  void check_ofNestedObservations_comparesEachPart() throws IOException {
    // Blackjack's first hands from seed 0 don't matter: only that one of three parts is compared.
    Path file =
        file(
            List.of(
                "{\"id\": \"Blackjack-v1\", \"kwargs\": {}, \"max_episode_steps\": null}",
                "{\"reset\": 0, \"obs\": [11, 10, 5]}"));
    Rl rl = Rl.run("trace", "check", file);
    assertThat(rl.status()).isEqualTo(1);
    assertThat(rl.out()).contains("line=2", "obs expected=[11,10,5] was=(11, 10, 0)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "3 | \"obs\": 1 | \"obs\": 2 | obs expected=2 was=1",
        "4 | 1.0 | 1.000001 | reward expected=1.000001 was=1.0",
        "4 | true | false | terminated expected=false was=true",
        "1 | 100 | 99 | max_episode_steps is 99 there, 100 here",
        "1 | 100 | 100000000000 | max_episode_steps is 100000000000 there, 100 here",
        "1 | 100 | null | max_episode_steps is 0 there, 100 here",
      })
  void check_ofATraceThatDiffers_namesTheLineAndTheDifference(
      int line, String from, String to, String difference) throws IOException {
    List<String> lines = new ArrayList<>(LAKE);
    lines.set(line - 1, lines.get(line - 1).replaceFirst(from, to));
    Path file = file(lines);
    Rl rl = Rl.run("trace", "check", file);
    assertThat(rl.status()).isEqualTo(1);
    assertThat(rl.err()).isEmpty();
    assertThat(rl.out())
        .hasLineCount(1)
        .startsWith("MISMATCH " + file + " line=" + line + " ")
        .contains(difference);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 | FrozenLake-v1 | FrozenLak-v1 | did you mean 'FrozenLake-v1'",
        "1 | is_slippery | slipperiness | unknown option 'slipperiness'",
        "1 | id | name | header that has an 'id'",
        "2 | reset | rest | 'action' is missing",
        "2 | : 0, | : \"zero\", | 'reset' must be a seed or null",
        "3 | : 2, | : 9, | must be in Discrete(4), was 9",
        "3 | : 2, | : [2], | expected a value of Discrete(4), found [2]",
        "3 | false | 0 | 'terminated' must be true or false",
        "4 | } | ] | line 4: not JSON",
        "4 | [{] | [ | line 4",
        "5 | reset | action | the episode has ended",
      })
  void check_ofADamagedTrace_saysWhatIsWrongInOneLine(
      int line, String from, String to, String expected) throws IOException {
    List<String> lines = new ArrayList<>(LAKE);
    String replacement = lines.get(line - 1).replaceFirst(from, to);
    lines.set(line - 1, line == 5 ? replacement.replace("null", "1") : replacement);
    Rl rl = Rl.run("trace", "check", file(lines));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).hasLineCount(1).startsWith("error: ").contains(expected);
  }

  @Test
  void check_ofAnyDamage_neverEndsInAStackTrace() throws IOException {
    byte[] whole = String.join("\n", LAKE).getBytes(StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(3);
    Path file = folder.resolve("lake.jsonl");
    for (int i = 0; i < 80; i++) {
      byte[] damaged =
          Arrays.copyOf(whole, i % 2 == 0 ? random.nextInt(whole.length) : whole.length);
      if (damaged.length > 0 && i % 2 == 1) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      Rl rl = Rl.run("trace", "check", file);
      assertThat(rl.status()).as(rl.err()).isBetween(0, 2);
      assertThat(rl.out().lines().count() + rl.err().lines().count()).isEqualTo(1);
    }
  }

  @Test
  void check_ofSeveralFiles_goesOnAfterABadOne() throws IOException {
    Path good = file(LAKE);
    Rl rl = Rl.run("trace", "check", folder.resolve("none.jsonl"), good);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("there is no file");
    assertThat(rl.out()).startsWith("ok ");
  }
}
