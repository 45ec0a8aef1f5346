package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compression of pictures changes what a memory takes, and nothing that is learned. */
class PictureMemoryTest {
  @TempDir Path folder;

  private Path train(String learner, String task, String name, String... more) {
    Path run = folder.resolve(name);
    Object[] words = {
      "train",
      learner,
      task,
      "--wrap",
      "render:height=10,width=12",
      "--wrap",
      "frame-stack:stack_size=3",
      "--set",
      "hidden=8",
      "--set",
      "learning_starts=40",
      "--set",
      "buffer_size=200",
      "--set",
      "batch_size=16",
      "--set",
      "train_freq=8",
      "--set",
      "gradient_steps=1",
      "--steps",
      300,
      "--eval-episodes",
      1,
      "--quiet",
      "--out",
      run
    };
    Object[] all = new Object[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    Rl.ok(all);
    return run;
  }

  @ParameterizedTest
  @CsvSource({"dqn, CartPole-v1, 1", "dqn, CartPole-v1, 3", "td3, Pendulum-v1, 3"})
  void compressedPictures_teachTheSame(String learner, String task, int frames) {
    String stored = "frames=" + frames;
    Path plain = train(learner, task, "plain", "--set", stored);
    Path small = train(learner, task, "small", "--set", stored, "--set", "compressed_frames=true");
    assertThat(plain.resolve("metrics.csv")).content().as("losses").doesNotEndWith(",\n");
    assertThat(small.resolve("metrics.csv")).hasSameBinaryContentAs(plain.resolve("metrics.csv"));
  }
}
