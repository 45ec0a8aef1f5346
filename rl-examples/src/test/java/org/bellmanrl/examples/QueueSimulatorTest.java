package org.bellmanrl.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulator and a learner, each in a process, as the example says. */
class QueueSimulatorTest {
  private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+/");
  @TempDir Path folder;

  @Test
  void learner_elsewhere_shortensTheQueues() throws IOException, InterruptedException {
    Path spaces =
        Files.writeString(
            folder.resolve("queue.yaml"),
            "{name: example/Queue-v0, observations: {multi-discrete: [11, 11]}, actions: {discrete: 2},"
                + " max_episode_steps: 50}");
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.bellmanrl.lab.Main",
                "serve",
                "q-learning",
                "--spaces",
                spaces.toString(),
                "--port",
                "0",
                "--steps",
                "4000",
                "--set",
                "gamma=0.9",
                "--set",
                "step_size=0.1")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
      String line = String.valueOf(lines.readLine());
      Matcher matcher = ADDRESS.matcher(line);
      assertThat(matcher.find()).as(line).isTrue();
      QueueSimulator simulator = new QueueSimulator(URI.create(matcher.group()), 0);
      double before = simulator.play(20);
      simulator.play(40);
      double after = simulator.play(20);
      assertThat(after).isLessThan(0.8 * before);
    } finally {
      server.destroyForcibly().waitFor();
    }
  }
}
