package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowPictureTest {
  @TempDir Path folder;

  private Path trained(String learner, String environment) {
    Path run = folder.resolve(learner + environment);
    Rl.ok("train", learner, environment, "--steps", 500, "--out", run, "--quiet");
    return run;
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void show_out_drawsStatesAndActionsOfAGrid() throws IOException {
    Path file = folder.resolve("new").resolve("lake.svg");

    assertThat(Rl.ok("show", trained("q-learning", "FrozenLake-v1"), "--out", file))
        .contains("drawn in " + file);

    String svg = Files.readString(file);
    assertThat(svg).contains("V and policy", ">Q<");
    // Holes and the goal in both panels.
    assertThat(count(svg, ">H<")).isEqualTo(8);
    assertThat(count(svg, ">G<")).isEqualTo(2);
    // Four parts for the actions of each of the 11 other states, besides the arrows.
    assertThat(count(svg, "<path")).isBetween(54, 65);
  }

  @Test
  void show_out_drawsPng() throws IOException {
    Path file = folder.resolve("cliff.png");

    Rl.ok("show", trained("sarsa", "CliffWalking-v1"), "--out", file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isGreaterThan(2 * image.getHeight());
  }

  @Test
  void show_outOfATaskWithoutGrid_saysSo() {
    Path file = folder.resolve("walk.svg");
    Rl rl = Rl.run("show", trained("td-prediction", "RandomWalk-v1"), "--out", file);

    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("RandomWalk-v1 has no grid");
    assertThat(Files.exists(file)).isFalse();
  }
}
