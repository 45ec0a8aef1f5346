package org.bellmanrl.env.mujoco.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bellmanrl.api.registry.UnavailableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the folders here are those of Unix")
class InstallationTest {
  private static final String MODELS = "gymnasium/envs/mujoco/assets/ant.xml";

  @TempDir Path folder;

  @Test
  void library_namedPlace_fileFolderReleaseOrEnvironment() throws IOException {
    Path release = touch("release/lib/libmujoco.so.3.9.0");
    Path packaged = touch("venv/lib/python3.12/site-packages/mujoco/libmujoco.so.3.14.0");
    assertThat(named(release).library()).isEqualTo(release);
    assertThat(named(release.getParent()).library()).isEqualTo(release);
    assertThat(named(folder.resolve("release")).library()).isEqualTo(release);
    assertThat(named(folder.resolve("venv")).library()).isEqualTo(packaged);
    assertThat(named(packaged.getParent().getParent()).library()).isEqualTo(packaged);
  }

  @Test
  void library_propertyAndVariable_propertyIsTaken() throws IOException {
    Path one = touch("one/libmujoco.so");
    touch("two/libmujoco.so");
    Map<String, String> variables = Map.of("MUJOCO_HOME", folder.resolve("two").toString());
    assertThat(installation(variables, folder.resolve("one").toString()).library()).isEqualTo(one);
  }

  @Test
  void library_activeEnvironment_beforeThatOnThePath() throws IOException {
    Path active = touch("active/lib/python3.11/site-packages/mujoco/libmujoco.so.3.14.0");
    Path onPath = touch("usr/lib/python3.11/site-packages/mujoco/libmujoco.so.3.14.0");
    touch("usr/bin/python3");
    String path = "/nowhere:" + folder.resolve("usr/bin");
    assertThat(installation(Map.of("PATH", path), null).library()).isEqualTo(onPath);
    Map<String, String> both =
        Map.of("PATH", path, "VIRTUAL_ENV", folder.resolve("active").toString());
    assertThat(installation(both, null).library()).isEqualTo(active);
  }

  @Test
  void library_macOs_anotherName() throws IOException {
    touch("release/lib/libmujoco.so");
    Path dylib = touch("release/lib/libmujoco.3.14.0.dylib");
    Installation mac =
        new Installation(Map.of(), folder.resolve("release").toString(), "Mac OS X", folder);
    assertThat(mac.library()).isEqualTo(dylib);
  }

  @Test
  void library_missing_saysWhatToInstallOrWhatWasNamed() {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(named(folder)::library)
        .withMessageContaining("there is no library of MuJoCo (libmujoco.so*) in " + folder)
        .withMessageContaining("bellman.mujoco");
    Map<String, String> variables = Map.of("MUJOCO_HOME", folder.toString());
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(installation(variables, null)::library)
        .withMessageContaining("which MUJOCO_HOME names");
  }

  @Test
  void model_besideTheLibraryOrInAnotherEnvironment_found() throws IOException {
    Path library = touch("a/lib/python3.11/site-packages/mujoco/libmujoco.so.3.14.0");
    Path model = touch("a/lib/python3.11/site-packages/" + MODELS);
    assertThat(named(folder.resolve("a")).model("ant.xml")).isEqualTo(model);
    assertThat(named(library).model("ant.xml")).isEqualTo(model);
    assertThat(named(library.getParent()).model("ant.xml")).isEqualTo(model);
    touch("release/lib/libmujoco.so");
    Map<String, String> active = Map.of("VIRTUAL_ENV", folder.resolve("a").toString());
    assertThat(installation(active, folder.resolve("release").toString()).model("ant.xml"))
        .isEqualTo(model);
  }

  @Test
  void model_missing_saysWhatToInstall() {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> named(folder).model("no-such-model.xml"))
        .withMessageContaining("no-such-model.xml")
        .withMessageContaining("pip install gymnasium");
  }

  private Installation named(Path place) {
    return installation(Map.of(), place.toString());
  }

  private Installation installation(Map<String, String> variables, @Nullable String property) {
    return new Installation(variables, property, "Linux", folder.resolve("home"));
  }

  private Path touch(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}
