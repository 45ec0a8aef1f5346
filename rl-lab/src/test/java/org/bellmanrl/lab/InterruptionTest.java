package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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

/** A run in its own process that is told to stop. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class InterruptionTest {
  @TempDir Path folder;

  /** Starts a training that would go on for days, and waits until it is under way. */
  private RlProcess start(Path run) throws IOException, InterruptedException {
    RlProcess process =
        RlProcess.startIn(
            folder,
            heeding(),
            "train",
            "q-learning",
            "Taxi-v4",
            "--steps",
            "1000000000000",
            "--out",
            run);
    process.await(run.resolve("timing.csv"));
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
    RlProcess process = start(run);
    process.signal(signal);
    assertThat(process.status()).isEqualTo(status);
    assertThat(process.output()).contains("interrupted after");
    assertThat(Files.readString(run.resolve("summary.json")))
        .contains("\"status\": \"interrupted\"");
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
    }
    assertThat(Rl.ok("show", run)).contains("interrupted after", "not evaluated yet");
    assertThat(Rl.ok("eval", run, "--episodes", 2)).contains("over 2 episodes");
  }

  @Test
  void kill_duringTraining_leavesAFolderThatSaysSo() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    start(run).kill();
    Rl rl = Rl.run("eval", run);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("going on or was killed", "./rl resume");
  }

  /** A single update takes years: the process ends nevertheless, and the run can go on. */
  @Test
  void signal_duringALongUpdate_endsWithoutWaitingForIt() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    RlProcess process =
        RlProcess.startIn(
            folder,
            heeding(),
            "train",
            "ppo",
            "CartPole-v1",
            "--set",
            "n_steps=16",
            "--set",
            "batch_size=16",
            "--set",
            "n_epochs=2000000000",
            "--trials",
            15,
            "--trial-episodes",
            1,
            "--out",
            run);
    // The trial comes before the step with the update.
    process.await(run.resolve("best.state"));
    process.signal("TERM");
    assertThat(process.status()).isEqualTo(143);
    assertThat(process.output()).contains("interrupted ", "./rl resume " + run);
    assertThat(Rl.ok("runs", run)).contains("./rl resume " + run);
  }

  /** Nothing can be written to this device. */
  @Test
  void output_thatCantBeWritten_isAnErrorAndNotASuccess() throws IOException, InterruptedException {
    assumeThat(Path.of("/dev/full")).exists();
    for (String command : List.of("envs", "runs --json")) {
      List<Object> words = new ArrayList<>(List.of((Object[]) command.split(" ")));
      RlProcess process =
          RlProcess.startIn(
              folder, List.of("bash", "-c", "exec \"$@\" > /dev/full", "bash"), words.toArray());
      assertThat(process.status()).as(command).isEqualTo(2);
      assertThat(process.output()).hasLineCount(1).contains("cannot write the output: No space");
    }
  }

  /** The reader goes away after the first line. */
  @Test
  void output_thatNobodyReads_endsWithoutAComplaint() throws IOException, InterruptedException {
    RlProcess process =
        RlProcess.startIn(
            folder,
            List.of("bash", "-c", "exec \"$@\" 1> >(exec sleep 0) ", "bash"),
            "config",
            "dqn",
            "CartPole-v1");
    assertThat(process.status()).isIn(0, 141);
    assertThat(process.output()).isEmpty();
  }
}
