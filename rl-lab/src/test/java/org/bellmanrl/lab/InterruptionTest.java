package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run in a process of its own that is told to stop. */
class InterruptionTest {
  @TempDir Path folder;

  private Process start(Path run) throws IOException {
    String modules = System.getProperty("jdk.module.path", "");
    String classes = System.getProperty("java.class.path", "");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                modules + System.getProperty("path.separator") + classes,
                Main.class.getName(),
                "train",
                "q-learning",
                "Taxi-v4",
                "--steps",
                "1000000000000",
                "--out",
                run.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    try {
      for (int i = 0; i < 600 && !Files.exists(run.resolve("run.yaml")); i++) {
        assertThat(process.isAlive()).as(Files.readString(folder.resolve("out.txt"))).isTrue();
        Thread.sleep(50);
      }
      Thread.sleep(100);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new AssertionError(e);
    }
    return process;
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void signal_duringTraining_savesWhatWasLearned(String signal, int status)
      throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    Process process = start(run);
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).isEqualTo(status);
    assertThat(Files.readString(folder.resolve("out.txt"))).contains("interrupted after");
    assertThat(Files.readString(run.resolve("summary.json")))
        .contains("\"status\": \"interrupted\"");
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
    }
    assertThat(Rl.ok("show", run)).contains("interrupted after", "not judged yet");
    assertThat(Rl.ok("eval", run, "--episodes", 2)).contains("over 2 episodes");
  }

  @Test
  void kill_duringTraining_leavesAFolderThatSaysSo() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    Process process = start(run);
    process.destroyForcibly().waitFor();
    Rl rl = Rl.run("eval", run);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("going on or was killed", "./rl resume");
  }
}
