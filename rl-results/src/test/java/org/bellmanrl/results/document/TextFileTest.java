package org.bellmanrl.results.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("seeds.txt");
  }

  private void refuses(String message) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> TextFile.read(file, "a list of seeds"))
        .withMessage(message);
  }

  @Test
  void read_leavesOutTheByteOrderMark() throws IOException {
    Files.writeString(file, "\ufeff1 2 3");

    assertThat(TextFile.read(file, "a list of seeds")).isEqualTo("1 2 3");
  }

  @Test
  void read_binary_isRefused() throws IOException {
    Files.write(file, new byte[] {'a', 0, 'b'});

    refuses(file + " is not a list of seeds but a binary file");
  }

  @Test
  void read_missing_isRefused() {
    refuses("there is no file " + file);
  }

  @Test
  void checksum_ofTextAndFile_isCrc32c() throws IOException {
    Files.writeString(file, "123456789");

    // The check value of CRC-32C in RFC 3720 and in the catalogue of CRC algorithms.
    assertThat(Checksum.of("123456789")).isEqualTo("e3069283");
    assertThat(Checksum.of(file)).isEqualTo("e3069283");
  }
}
