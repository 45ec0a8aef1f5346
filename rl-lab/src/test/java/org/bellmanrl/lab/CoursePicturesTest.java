package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The course shows what its commands draw: {@code -Dtest=CoursePicturesTest -Dpictures=true} draws
 * it.
 */
class CoursePicturesTest {
  private static final Path IMAGES = Path.of("..", "docs", "images", "course");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lake | q-learning FrozenLake-v1 --env is_slippery=false",
        "corridor-near | q-learning Maze-v1 --env desc=P..S......C --env poison_reward=0.2 --set gamma=0.5",
        "corridor-far | q-learning Maze-v1 --env desc=P..S......C --env poison_reward=0.2 --set gamma=0.99",
        "crumbs-near | q-learning Maze-v1 --env map_name=course --set gamma=0.5",
        "crumbs-far | q-learning Maze-v1 --env map_name=course --set gamma=0.99",
        "cliff-sarsa | sarsa CliffWalking-v1",
        "cliff-q-learning | q-learning CliffWalking-v1",
      })
  void picture_inTheCourse_isWhatTheCommandDraws(String name, String command) throws IOException {
    Path run = folder.resolve("run");
    List<Object> words = new ArrayList<>(List.of("train"));
    words.addAll(List.of(command.split(" ", -1)));
    words.addAll(List.of("--eval-episodes", 1, "--quiet", "--out", run));
    Rl.ok(words.toArray());
    Path drawn = folder.resolve(name + ".svg");
    Rl.ok("show", run, "--out", drawn);
    String svg = Files.readString(drawn);
    Path there = IMAGES.resolve(name + ".svg");
    if (Boolean.getBoolean("pictures")) {
      Files.createDirectories(IMAGES);
      Files.writeString(there, svg);
    }

    assertThat(Files.readString(there)).isEqualTo(svg);
    assertThat(Files.readString(Path.of("..", "docs", "course.md")))
        .contains("./rl train " + command + "\n", "images/course/" + name + ".svg");
    Contrast.requireReadable(svg);
  }
}
