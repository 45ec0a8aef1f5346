package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShowPictureTest {
  @TempDir Path folder;

  private Path trained(String learner, String environment, Object... more) {
    Path run = folder.resolve(learner + environment);
    List<Object> words = new ArrayList<>(List.of("train", learner, environment, "--steps", 500));
    words.addAll(List.of("--out", run, "--quiet", "--eval-episodes", 2));
    words.addAll(List.of(more));
    Rl.ok(words.toArray());
    return run;
  }

  private Path poles() {
    return trained("q-learning", "CartPole-v1");
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
    Contrast.requireReadable(svg);
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
  void show_outOfATaskWithGoalsCliffsAndWalls_canBeRead() throws IOException {
    for (String task : new String[] {"CliffWalking-v1", "Maze-v1"}) {
      Path file = folder.resolve(task + ".svg");
      Rl.ok("show", trained("q-learning", task), "--out", file);
      Contrast.requireReadable(Files.readString(file));
    }
  }

  @Test
  void show_over_drawsValuesOverTwoNumbersAndSaysWhatTheOthersAre() throws IOException {
    Path run =
        trained(
            "sarsa",
            "CartPole-v1",
            "--wrap",
            "tile-coded:tiles=4,low=-2,high=2",
            "--set",
            "values=hashed");

    assertThat(Rl.ok("show", run))
        .contains("--over 0,1 draws V over two of: 0 cart position", "3 pole angular velocity");
    Path file = folder.resolve("poles.svg");
    String out = Rl.ok("show", run, "--over", "2,3", "--at", "0=0.5", "--out", file);

    assertThat(out)
        .contains("across: pole angle, rad from -0.419 to 0.419; up: pole angular velocity")
        .containsPattern("at: cart position, m 0.500;\\s+cart velocity")
        .contains("policy", "V(s)");
    String svg = Files.readString(file);
    assertThat(svg).contains("V and policy", "across: pole angle, rad from −0.419 to 0.419");
    Contrast.requireReadable(svg);
    // The values of the same learner with the cart elsewhere.
    Path other = folder.resolve("other.svg");
    Rl.ok("show", run, "--over", "2,3", "--at", "0=-1.5", "--out", other);
    assertThat(Files.readString(other)).isNotEqualTo(svg);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--over 0,0 | --over must be two different numbers from 0 to 3, such as 0,1, was '0,0'",
        "--over 0 | --over must be two different numbers",
        "--over 1,4 | --over must be two different numbers",
        "--over 0,1 --at 1=2 | --at must be N=VALUE with N from 0 to 3",
        "--over 0,1 --at 2=nan | --at must be N=VALUE",
      })
  void show_overWhatIsNotThere_isRefused(String options, String complaint) {
    List<Object> words =
        new ArrayList<>(List.of("show", poles(), "--out", folder.resolve("no.svg")));
    words.addAll(List.of(options.split(" ", -1)));
    Rl rl = Rl.run(words.toArray());
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains(complaint);
  }

  @Test
  void show_overOfATaskWithWholeNumbers_isRefused() {
    assertThat(Rl.run("show", trained("sarsa", "FrozenLake-v1"), "--over", "0,1").err())
        .contains("FrozenLake-v1 doesn't show two real numbers");
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
