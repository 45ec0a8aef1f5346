package org.bellmanrl.results.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedJsonTest {
  private static final String WHAT = "a file of scores";
  private static final String REMEDY = "measure again";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("scores.json");
    SealedJson.write(file, 2, Map.of("mean", 0.74));
  }

  private void replace(String what, String by) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(what);
    Files.writeString(file, text.replace(what, by));
  }

  private void refuses(int format, String message) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> SealedJson.read(file, WHAT, format, REMEDY))
        .withMessage(file + message);
  }

  @Test
  void read_unchanged_hasItsEntries() {
    Document document = SealedJson.read(file, WHAT, 2, REMEDY);

    assertThat(document.real("mean")).isEqualTo(0.74);
    assertThat(document.whole("format", 1, 9)).isEqualTo(2);
  }

  @Test
  void read_changed_saysWhatToDo() throws IOException {
    replace("0.74", "0.75");

    refuses(2, " is damaged: its check sum is wrong; measure again");
  }

  @Test
  void read_withoutChecksum_isRefused() throws IOException {
    Files.writeString(file, "{\"format\": 2, \"mean\": 0.74}\n");

    refuses(2, " is damaged: its check sum is wrong; measure again");
  }

  @Test
  void read_newerFormat_namesBoth() {
    refuses(1, " has format 2, this release reads up to 1; use the release that wrote it");
  }

  @Test
  void read_anotherFile_saysWhatItIs() throws IOException {
    Files.writeString(file, "<!DOCTYPE html>");

    refuses(
        2,
        " is not a file of scores but an HTML page, such as a site's page about the file; download"
            + " the file");
  }

  @Test
  void readUnlessDamaged_withoutChecksum_isRead() throws IOException {
    Files.writeString(file, "{\"mean\": 0.5}");

    assertThat(SealedJson.readUnlessDamaged(file, WHAT).real("mean")).isEqualTo(0.5);
  }

  @Test
  void readUnlessDamaged_changed_isRefused() throws IOException {
    replace("0.74", "0.75");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> SealedJson.readUnlessDamaged(file, WHAT))
        .withMessageContaining("delete the entry crc32c if you changed the file on purpose");
  }

  @Test
  void readUnlessDamaged_unchanged_knowsTheChecksum() {
    Document document = SealedJson.readUnlessDamaged(file, WHAT);

    assertThat(document.real("mean")).isEqualTo(0.74);
    assertThat(document.whole("format", 1, 9)).isEqualTo(2);
    document.refuseOthers();
  }
}
