package org.bellmanrl.results.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedYamlTest {
  @TempDir private Path folder;

  @Test
  void requireUnchanged_asWritten_accepts() throws IOException {
    Path file = folder.resolve("settings.yaml");

    SealedYaml.write(file, "gamma: 0.9\n");

    SealedYaml.requireUnchanged(file, "--force");
    assertThat(Files.readAllLines(file))
        .containsExactly("gamma: 0.9", "# crc32c: " + Checksum.of("gamma: 0.9\n"));
  }

  @Test
  void requireUnchanged_changedOrWithoutSeal_namesTheOption() throws IOException {
    Path file = folder.resolve("settings.yaml");
    SealedYaml.write(file, "gamma: 0.9\n");

    for (String text :
        new String[] {Files.readString(file).replace("0.9", "0.8"), "gamma: 0.9\n"}) {
      Files.writeString(file, text);
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> SealedYaml.requireUnchanged(file, "--force"))
          .withMessageContaining("was changed since it was written")
          .withMessageContaining("give --force to go on");
    }
  }
}
