package org.bellmanrl.gymnasium.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.bellmanrl.api.registry.UnavailableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PythonTest {
  @TempDir Path folder;
  private String venv = "";
  private String path = "";

  @BeforeEach
  void makeInterpreters() throws IOException {
    venv = executable("venv/bin/python");
    path = executable("usual/python3");
  }

  private String executable(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return file.toString();
  }

  private Map<String, String> variables() {
    return Map.of(
        "VIRTUAL_ENV",
        folder.resolve("venv").toString(),
        "PATH",
        folder.resolve("none") + ":" + folder.resolve("usual"));
  }

  @Test
  void command_severalPlaces_theMostSpecific() {
    Map<String, String> named =
        Map.of("RL_PYTHON", "mine", "PATH", folder.resolve("usual").toString());

    assertThat(new Python(named, "said").command()).isEqualTo("said");
    assertThat(new Python(named, null).command()).isEqualTo("mine");
    assertThat(new Python(variables(), null).command()).isEqualTo(venv);
    assertThat(new Python(Map.of("PATH", variables().get("PATH")), null).command()).isEqualTo(path);
  }

  @Test
  void command_nowhere_saysWhatToInstall() {
    assertThatThrownBy(() -> new Python(Map.of("PATH", ""), null).command())
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("pip install gymnasium");
  }
}
