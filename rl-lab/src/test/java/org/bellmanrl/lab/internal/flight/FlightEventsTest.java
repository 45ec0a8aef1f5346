package org.bellmanrl.lab.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.bellmanrl.lab.Rl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightEventsTest {
  @TempDir Path folder;

  @Test
  void recording_tellsWhatTheTimeWentInto_andChangesNothing() throws IOException {
    Object[] words = {
      "train",
      "ppo",
      "CartPole-v1",
      "--steps",
      4096,
      "--trials",
      2048,
      "--checkpoint-every",
      0.01,
      "--quiet",
      "--out",
    };
    Rl.ok(join(words, folder.resolve("plain")));
    Path file = folder.resolve("run.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      Rl.ok(join(words, folder.resolve("recorded")));
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(named(events, "Update")).isNotEmpty();
    assertThat(named(events, "Rollout")).isNotEmpty();
    assertThat(named(events, "Checkpoint"))
        .isNotEmpty()
        .allMatch(event -> event.getLong("bytes") >= 0 && event.getLong("step") > 0);
    assertThat(named(events, "Evaluation"))
        .extracting(event -> event.getInt("episodes"))
        .containsExactly(10, 10, 100);
    for (String name : List.of("metrics.csv", "learner.state")) {
      assertThat(Files.readAllBytes(folder.resolve("recorded").resolve(name)))
          .isEqualTo(Files.readAllBytes(folder.resolve("plain").resolve(name)));
    }
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("org.bellmanrl." + name))
        .toList();
  }

  private static Object[] join(Object[] words, Object last) {
    Object[] all = java.util.Arrays.copyOf(words, words.length + 1);
    all[words.length] = last;
    return all;
  }
}
