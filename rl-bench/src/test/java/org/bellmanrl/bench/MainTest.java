package org.bellmanrl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private int run(String... words) {
    return Main.run(stream(out), stream(err), words);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** A report as a file without a check sum, with one figure beside its limit. */
  private Path report(String name, double ratio) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        """
        {"format": "bellman-bench-report", "version": 1, "created": "2026-11-22T12:00:00Z",
         "form": "full", "commit": "unknown",
         "machine": {"cpu": "A", "cores": 2, "memoryBytes": 1, "os": "B", "load": null,
           "jvm": "C", "kernel": "plain"},
         "figures": [
           {"suite": "S", "title": "T", "method": "m", "parameters": {}, "unit": "op/s",
            "score": 10, "error": 0.1, "allocation": null,
            "limit": "bareLoop", "ratio": %s, "ratioError": 0.01}]}
        """
            .formatted(ratio));
  }

  @ParameterizedTest
  @CsvSource({
    "--quick compare a b, --quick does not go with ./rl bench compare",
    "--only x learning, --only does not go with ./rl bench learning",
    "search --answer sphere --studies 3, --studies is for a search",
    "search --answer sphere --out d, --out is for a search"
  })
  void optionWithoutEffect_isRefusedByName(String line, String message) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    assertThat(err()).startsWith("error: " + message);
  }

  @Test
  void helpBeforeACommand_isHelpOfTheCommand() {
    assertThat(run("--help", "compare")).isZero();
    assertThat(out()).contains("--tolerance");
  }

  @Test
  void compare_slower_saysSoAndFails() throws IOException {
    Path old = report("old.json", 0.9);
    Path now = report("new.json", 0.7);

    assertThat(run("compare", old.toString(), now.toString())).isEqualTo(1);
    assertThat(out()).contains("slower  S.m: 22.2 % slower", "1 figure compared: 1 slower");
  }

  @Test
  void compare_sameOrFaster_succeeds() throws IOException {
    Path old = report("old.json", 0.9);
    Path now = report("new.json", 1.2);

    assertThat(run("compare", old.toString(), old.toString())).isZero();
    assertThat(run("compare", old.toString(), now.toString())).isZero();
    assertThat(run("compare", now.toString(), old.toString(), "--tolerance", "50")).isZero();
    assertThat(err()).isEmpty();
  }

  @Test
  void compare_damagedOrMissing_isRefusedByName() throws IOException {
    Path old = report("old.json", 0.9);
    Path damaged = Files.writeString(folder.resolve("damaged.json"), "{\"format\": ");

    assertThat(run("compare", old.toString(), damaged.toString())).isEqualTo(2);
    assertThat(err()).startsWith("error: " + damaged);
    assertThat(run("compare", "nowhere.json", old.toString())).isEqualTo(2);
    assertThat(err()).contains("there is no file nowhere.json");
  }

  @Test
  void words_thatMakeNoSense_areRefused() {
    assertThat(run("--fast")).isEqualTo(2);
    assertThat(err()).contains("--fast", "rl bench --help");
    assertThat(run("compare", "a")).isEqualTo(2);
    assertThat(run("--only", "(")).isEqualTo(2);
    assertThat(err()).contains("--only is no regular expression");
    assertThat(run("--only", "NoSuchBenchmark", "--out", folder.toString())).isEqualTo(2);
    assertThat(err()).contains("no benchmark contains 'NoSuchBenchmark'");
    assertThat(run("compare", "a", "b", "--tolerance", "-1")).isEqualTo(2);
    assertThat(err()).contains("--tolerance must be in [0, 100), was -1.0");
  }

  @Test
  void help_isPrinted() {
    assertThat(run("--help")).isZero();
    assertThat(run("compare", "--help")).isZero();
    assertThat(run("learning", "--help")).isZero();
    assertThat(run("search", "--help")).isZero();
    assertThat(out())
        .contains("Usage: ./rl bench [", "Usage: ./rl bench learning", "--quick", "OLD")
        .doesNotContainPattern("(?<!\\./)\\brl [a-z]+")
        .doesNotContainPattern("by default|; [0-9]+\\.");
  }
}
