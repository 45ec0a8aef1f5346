package org.bellmanrl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchReportTest {
  private static final BenchReport REPORT = Sample.report("A \"B\" µ", 150e6, 3e-6);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("report.json");
    REPORT.write(file);
  }

  private String text() throws IOException {
    return Files.readString(file);
  }

  private Path changed(String text) throws IOException {
    return Files.writeString(folder.resolve("changed.json"), text);
  }

  private static String withoutSum(String text) {
    return text.replaceFirst(",\\s*\"crc32c\": \"\\w+\"", "");
  }

  @Test
  void read_whatWasWritten_isEqual() {
    assertThat(BenchReport.read(file)).isEqualTo(REPORT);
  }

  @Test
  void read_withoutCheckSum_isEqual() throws IOException {
    assertThat(BenchReport.read(changed(withoutSum(text())))).isEqualTo(REPORT);
  }

  @Test
  void read_aByteChanged_isRefusedByName() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int at = 0; at < whole.length; at += 1 + random.nextInt(6)) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Path copy = Files.write(folder.resolve("damaged.json"), damaged);

      assertThatThrownBy(() -> BenchReport.read(copy))
          .as("byte %s", at)
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(copy.toString());
    }
  }

  @Test
  void read_cutAnywhere_isRefusedByName() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 1; length += 5) {
      Path copy = Files.write(folder.resolve("cut.json"), Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> BenchReport.read(copy))
          .as("%s bytes", length)
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(copy.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void read_anythingAtAll_isRefusedByName(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] noise = new byte[random.nextInt(500)];
    random.nextBytes(noise);
    Path copy = Files.write(folder.resolve("noise.json"), noise);

    assertThatThrownBy(() -> BenchReport.read(copy))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(copy.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"version\": 1; \"version\": 2; has version 2, this release reads version 1",
        "\"bellman-bench-report\"; \"bellman-peers\"; is no bellman-bench-report",
        "\"score\": 1.5E8; \"score\": -1; score must be finite and above 0, was -1.0",
        "\"score\": 1.5E8; \"score\": \"much\"; 'figures[1].score' must be a number",
        "\"cores\": 2; \"cores\": 0; 'machine.cores' must be a whole number of at least 1",
        "\"cores\": 2; \"corse\": 2; entry 'machine.cores' is missing",
        "\"cores\": 2; \"cores\": 2, \"extra\": 1; unknown entry 'machine.extra'",
        "\"cores\": 2; \"cores\": 2, \"cores\": 2; cores",
        "2026-11-22T12:00:00Z; yesterday; could not be parsed",
        "\"method\": \"learner\"; \"method\": \"bareLoop\"; two figures are called",
        "\"unit\": \"op/s\"; \"unit\": \"op/h\"; unit must be 'op/s' or 's/op'",
      })
  void read_changedOnPurposeToNonsense_saysWhatIsWrong(String from, String to, String message)
      throws IOException {
    Path copy = changed(withoutSum(text()).replaceFirst(from.replace("[", "\\["), to));
    assertThat(copy).content(StandardCharsets.UTF_8).isNotEqualTo(withoutSum(text()));

    assertThatThrownBy(() -> BenchReport.read(copy))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(copy.toString())
        .hasMessageContaining(message);
  }

  @Test
  void read_noSuchFile_saysSo() {
    assertThatThrownBy(() -> BenchReport.read(folder.resolve("none.json")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there is no file ");
    assertThatThrownBy(() -> BenchReport.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is a folder");
  }
}
