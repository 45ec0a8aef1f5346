package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run in a process of its own that is told to stop. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class InterruptionTest {
  @TempDir Path folder;

  /** Starts a training that would go on for days, and waits until it is under way. */
  private Process start(Path run) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(heeding());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("jdk.module.path", "")
                + System.getProperty("path.separator")
                + System.getProperty("java.class.path", ""),
            Main.class.getName(),
            "train",
            "q-learning",
            "Taxi-v4",
            "--steps",
            "1000000000000",
            "--out",
            run.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    while (!Files.exists(run.resolve("timing.csv"))) {
      assertThat(process.isAlive()).as(Files.readString(folder.resolve("out.txt"))).isTrue();
      Thread.sleep(20);
    }
    return process;
  }

  /**
   * What a command line begins with so that the process heeds SIGINT, even where this JVM was
   * started to ignore it, as in the background of a script: processes inherit that.
   */
  private static List<String> heeding() throws IOException, InterruptedException {
    List<String> prefix = List.of("env", "--default-signal=INT");
    List<String> trial = new ArrayList<>(prefix);
    trial.add("true");
    boolean known =
        new ProcessBuilder(trial)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0;
    return known ? prefix : List.of();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void signal_duringTraining_savesWhatWasLearned(String signal, int status)
      throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    Process process = start(run);
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor()).isEqualTo(status);
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
