package org.bellmanrl.lab.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.lab.Rl;
import org.bellmanrl.lab.internal.serve.SpacesFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

class HelpTextsTest {
  /** A command without the {@code ./} that a shell needs. */
  private static final Pattern BARE = Pattern.compile("(?<!\\./)\\brl [a-z]+");

  /** A default that a reader must guess to be one: "Number of episodes; 60." */
  private static final Pattern HIDDEN_DEFAULT = Pattern.compile("[;.:,] -?[0-9][0-9_.]*\\.$");

  static Stream<CommandSpec> commands() {
    List<CommandSpec> commands = new ArrayList<>();
    add(new CommandLine(Cli.spec()).getCommandSpec(), commands);
    return commands.stream();
  }

  private static void add(CommandSpec command, List<CommandSpec> commands) {
    commands.add(command);
    command.subcommands().values().forEach(inner -> add(inner.getCommandSpec(), commands));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void usage_writesCommandsAsTheyAreTyped(CommandSpec command) {
    String usage = UsageText.of(command.commandLine());
    assertThat(usage).startsWith("Usage: ./rl").doesNotContainPattern(BARE);
    assertThat(usage).doesNotContainPattern("(?i)judg");
    assertThat(usage).doesNotContainPattern("[ (/]\\.\\n|\\.\\n *(yaml|zip|onnx|csv|png|svg)");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void descriptions_areSentencesThatNameTheirDefaults(CommandSpec command) {
    assertThat(String.join(" ", command.usageMessage().description())).matches("[A-Z].*[.]");
    List<ArgSpec> arguments = new ArrayList<>(command.options());
    arguments.addAll(command.positionalParameters());
    for (ArgSpec argument : arguments) {
      String description = String.join(" ", argument.description());
      assertThat(description)
          .as("%s %s", command.name(), argument)
          .matches("[A-Z].*[.]")
          .doesNotContainPattern(HIDDEN_DEFAULT);
      if (description.contains("default")) {
        assertThat(description).containsPattern("\\(default( port)?: [^()]+\\)\\.");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "envs", "learners", "wrappers", "listeners", "policies"})
  void lists_writeCommandsAsTheyAreTyped(String command) {
    Object[] words = command.isEmpty() ? new Object[0] : new Object[] {command};
    assertThat(Rl.ok(words)).contains("./rl ").doesNotContainPattern(BARE);
  }

  @Test
  void serve_showsAFileOfSpacesThatCanBeRead(@TempDir Path folder) throws Exception {
    String help = Rl.ok("serve", "--help");
    String yaml =
        help.lines()
            .dropWhile(line -> !line.startsWith("  name: "))
            .takeWhile(line -> !line.isEmpty())
            .reduce("", (text, line) -> text + line.strip() + "\n");
    Path file = folder.resolve("queue.yaml");
    Files.writeString(file, yaml, StandardCharsets.UTF_8);

    EnvironmentSpec spec = SpacesFile.read(file);

    assertThat(spec.name()).isEqualTo("my/Queue-v0");
    assertThat(spec.observationSpace()).isEqualTo(new MultiDiscrete(11, 11));
    assertThat(spec.actionSpace()).isEqualTo(new Discrete(2));
    assertThat(spec.maxEpisodeSteps()).isEqualTo(500);
    assertThat(spec.masked()).isTrue();
    assertThat(help)
        .contains(
            "discrete: N", "multi-binary: N", "box: {shape:", "pixels: [", "dict: {", "tuple:");
  }
}
