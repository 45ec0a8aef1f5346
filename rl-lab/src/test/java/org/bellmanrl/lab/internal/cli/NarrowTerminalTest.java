package org.bellmanrl.lab.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NarrowTerminalTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private List<String> run(int width, Object... words) {
    out.reset();
    String[] texts = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      texts[i] = words[i].toString();
    }
    Terminal terminal = new Terminal(stream(out), stream(err), false, false, width);
    int status = new Cli(terminal, List.of(Cli.class.getClassLoader()), List.of()).run(texts);
    assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, false, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 54})
  void commands_inANarrowTerminal_work(int width) {
    Path run = folder.resolve("run");
    run(width, "--help");
    run(width, "help", "train");
    run(width, "envs", "FrozenLake-v1");
    run(width, "train", "q-learning", "Maze-v1", "--steps", "2k", "--out", run);
    run(width, "show", run);
    run(width, "runs", folder);
    run(width, "compare", folder);
    run(width, "play", run);
  }

  @Test
  void runs_in80Columns_fit() {
    TextTable table = table();
    String[] dispensable = {"date", ">seed"};
    assertThat(table.lines(Integer.MAX_VALUE, dispensable).getFirst())
        .isEqualTo("run        seed  return  date");
    assertThat(table.lines(28, dispensable).getFirst()).isEqualTo("run        seed  return");
    assertThat(table.lines(22, dispensable))
        .containsExactly("run        return", "runs/lake   0.500");
    assertThat(table.lines(5, dispensable).getFirst()).isEqualTo("run        return");
  }

  private static TextTable table() {
    TextTable table = new TextTable("run", ">seed", ">return", "date");
    table.row(List.of("runs/lake", "0", "0.500", "2026-01-02"));
    return table;
  }

  @ParameterizedTest
  @CsvSource({
    "'1.00 ± 0.50', '1.00 +/- 0.50'",
    "'TD(λ): V − 1 …', 'TD(lambda): V - 1 ...'",
    "'plain', 'plain'",
    "'größe ± 1', 'größe +/- 1'"
  })
  void asciiStream_turnsSignsIntoAscii_andLeavesNames(String text, String expected) {
    try (AsciiStream stream = new AsciiStream(out)) {
      stream.println(text);
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly(expected);
  }

  @Test
  void maze_inNarrowTerminal_valuesDoNotWrap() {
    Path run = folder.resolve("maze");
    run(100, "train", "value-iteration", "Maze-v1", "--set", "gamma=0.9", "--quiet", "--out", run);
    for (int width : new int[] {100, 60, 40, 34, 33, 25, 12, 10}) {
      List<String> lines = run(width, "show", run);
      List<String> grid =
          lines.subList(0, lines.size() - 1).stream()
              .dropWhile(line -> !line.startsWith("policy"))
              .takeWhile(line -> !line.startsWith("while learning"))
              .toList();
      assertThat(grid)
          .as("width " + width)
          .isNotEmpty()
          .allMatch(line -> line.length() <= width || line.contains("too wide"));
      assertThat(grid.getFirst().contains("too wide")).isEqualTo(width < 11);
    }
  }
}
