package org.bellmanrl.lab.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The picture of a terminal in the README shows what its first command prints. {@code mvn -pl
 * rl-lab test -Dtest=TrainPictureTest -Dpictures=true} draws it again.
 */
class TrainPictureTest {
  private static final String COMMAND =
      "./rl train q-learning FrozenLake-v1 --env is_slippery=false";
  private static final Path PICTURE = Path.of("..", "docs", "images", "train.svg");
  private static final int COLUMNS = 100;

  @TempDir Path folder;

  /** How long it takes, and so how long the line is, differs from machine to machine. */
  private static String timeless(String svg) {
    return svg.replaceAll("textLength=\"[^\"]*\"(>[^<]*steps in )[^<]*", "$1...");
  }

  @Test
  void picture_inReadme_showsWhatIsPrinted() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Path run = folder.resolve("run");
    String[] words = (COMMAND + " --out " + run).split(" ", -1);
    int status =
        new Cli(
                new Terminal(stream, stream, false, true, COLUMNS),
                List.of(getClass().getClassLoader()),
                List.of())
            .run(List.of(words).subList(1, words.length).toArray(String[]::new));
    String printed =
        out.toString(StandardCharsets.UTF_8)
            .replace(run.toString(), "runs/q-learning-FrozenLake-v1-seed0-1");
    String drawn = TerminalPicture.of(COMMAND, printed, COLUMNS);
    if (Boolean.getBoolean("pictures")) {
      Files.writeString(PICTURE, drawn);
    }

    assertThat(status).as(printed).isZero();
    assertThat(timeless(Files.readString(PICTURE))).isEqualTo(timeless(drawn));
    assertThat(Files.readString(Path.of("..", "README.md"))).contains(COMMAND + "\n");
  }
}
