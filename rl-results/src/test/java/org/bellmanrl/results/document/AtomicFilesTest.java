package org.bellmanrl.results.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  /** No process has this number: Linux has at most 2^22. */
  private static final String KILLED = ".scores.csv.999999999.tmp";

  @TempDir private Path folder;

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  @Test
  void write_replacesWhatWasThere() throws IOException {
    Path file = folder.resolve("scores.csv");

    AtomicFiles.write(file, "1");
    AtomicFiles.write(file, "é");

    assertThat(file).hasBinaryContent(new byte[] {(byte) 0xc3, (byte) 0xa9});
    assertThat(names()).containsExactly("scores.csv");
  }

  @Test
  void write_removesWhatKilledProcessesLeft_ofThisFileOnly() throws IOException {
    String running = ".scores.csv." + ProcessHandle.current().pid() + "-1f.tmp";
    for (String name : new String[] {KILLED, KILLED.replace("scores", "other"), running}) {
      Files.writeString(folder.resolve(name), "half");
    }

    AtomicFiles.write(folder.resolve("scores.csv"), "1");

    assertThat(names())
        .containsExactlyInAnyOrder("scores.csv", KILLED.replace("scores", "other"), running);
  }

  @Test
  void write_ontoAFolder_leavesNothingBehind() throws IOException {
    Path file = folder.resolve("scores.csv");
    Files.createDirectories(file.resolve("inside"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> AtomicFiles.write(file, "1"))
        .withMessageStartingWith("cannot write " + file + ": ");
    assertThat(names()).containsExactly("scores.csv");
  }

  @Test
  void write_withoutFolder_saysWhy() {
    Path file = folder.resolve("nowhere").resolve("scores.csv");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> AtomicFiles.write(file, "1"))
        .withMessageStartingWith("cannot write " + file + ": ");
  }

  @Test
  void target_isTheNameInATemporaryName() {
    assertThat(AtomicFiles.target(folder.resolve(KILLED))).isEqualTo("scores.csv");
    assertThat(AtomicFiles.target(folder.resolve("scores.csv"))).isEmpty();
  }
}
