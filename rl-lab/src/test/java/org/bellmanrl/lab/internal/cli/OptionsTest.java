package org.bellmanrl.lab.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.Rl;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.preset.Presets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Options that have no effect are refused. */
class OptionsTest {
  /** A value of each option of a task that differs from its default. */
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("--set", "gamma=0.5"),
          Map.entry("--env", "max_episode_steps=7"),
          Map.entry("--wrap", "clip-reward"),
          Map.entry("--envs", "2"),
          Map.entry("--round", "3"),
          Map.entry("--overlap", ""),
          Map.entry("--asynchronous", "4"),
          Map.entry("--episodes", "5"),
          Map.entry("--steps", "6"),
          Map.entry("--seed", "7"),
          Map.entry("--seeds", "8"),
          Map.entry("--trials", "900"),
          Map.entry("--trial-episodes", "13 --trials 900"),
          Map.entry("--eval-episodes", "11"),
          Map.entry("--stop-at", "0.5 --trials 900"),
          Map.entry("--patience", "12 --trials 900"),
          Map.entry("--listen", "stream"),
          Map.entry("--from", "RUN"));

  @TempDir static Path folder;
  private static Resolver resolver;
  private static Path run;

  @BeforeAll
  static void train() {
    Registry registry = Registry.builder().discover(OptionsTest.class.getClassLoader()).build();
    resolver = new Resolver(new Assembler(registry).entries(), new Presets());
    run = folder.resolve("run");
    Rl.ok("train", "q-learning", "FrozenLake-v1", "--steps", 20, "--quiet", "--out", run);
  }

  static Stream<Arguments> options() {
    return Stream.of("train", "config", "tune")
        .flatMap(command -> {
          CommandSpec spec = CommandSpec.create();
          boolean search = command.equals("tune");
          return (search ? TrainArguments.addTaskTo(spec) : TrainArguments.addTo(spec))
              .options().stream().map(option -> Arguments.of(command, option.longestName()));
        });
  }

  @ParameterizedTest
  @MethodSource("options")
  void optionOfATask_changesWhatIsTrained(String command, String option) {
    assertThat(VALUES).as("values for this test").containsKey(option);
    List<String> words = new ArrayList<>(List.of(command, "q-learning", "FrozenLake-v1"));
    Object without = trained(words);
    words.add(option);
    for (String word : VALUES.getOrDefault(option, "").split(" ", -1)) {
      if (!word.isEmpty()) {
        words.add(word.equals("RUN") ? run.toString() : word);
      }
    }
    Object with = trained(words);
    assertThat(with).isNotEqualTo(without);
    int trials = words.indexOf("--trials");
    if (trials > 4) {
      words.subList(3, trials).clear();
      assertThat(with).as("of the option alone").isNotEqualTo(trained(words));
    }
  }

  /** What a command would train, and from how many seeds. */
  private static Object trained(List<String> words) {
    ParseResult arguments =
        new CommandLine(Cli.spec()).parseArgs(words.toArray(String[]::new)).subcommand();
    TrainArguments asked =
        words.getFirst().equals("tune")
            ? TrainArguments.ofTask(arguments)
            : TrainArguments.of(arguments);
    return List.of(asked.experiment(resolver, arguments), asked.seeds());
  }

  @Test
  void tune_inRounds_trainsInRounds() throws Exception {
    Path study = folder.resolve("study");
    String command =
        "tune dqn CartPole-v1 --steps 40 --envs 2 --round 4 --overlap --trials 1 --seeds 1"
            + " --finalists 1 --final-seeds 1 --pruner none --trial-episodes 1 --parallel 1"
            + " --set hidden=[4] --set learning_starts=8 --quiet --out ";
    Rl.ok((Object[]) (command + study).split(" ", -1));
    try (Stream<Path> files = Files.walk(study)) {
      List<Path> runs = files.filter(file -> file.endsWith("run.yaml")).toList();
      assertThat(runs)
          .hasSize(3)
          .allSatisfy(file -> assertThat(file).content().contains("round: 4\n", "overlap: true\n"));
    }
    for (String words : List.of("--watch", "--watch-host here", "--watch-speed 3")) {
      assertThat(refusal("resume " + study + " " + words))
          .contains(words.split(" ", -1)[0] + " is for runs, and " + study + " is a search");
    }
    for (String words : List.of("--out v.svg", "--layers 0", "--over 0,1", "--at 2=0")) {
      assertThat(refusal("show " + study + " " + words))
          .contains(words.split(" ", -1)[0] + " is for a run: name one of the run folders in ");
    }
  }

  @Test
  void tune_ofAFileThatCannotBeRepeated_isRefused() throws Exception {
    Path file = folder.resolve("impala.yaml");
    Files.writeString(file, Rl.ok("config", "impala", "CartPole-v1", "--asynchronous", 2));
    assertThat(refusal("tune " + file)).contains("leave it out of " + file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "train q-learning Taxi-v4 --secret s | --secret is about a cluster: say --cluster",
        "train q-learning Taxi-v4 --workers 1 --secret s | --secret is about a cluster",
        "train q-learning Taxi-v4 --workers 1 --host h | --host is about a cluster",
        "train q-learning Taxi-v4 --certificate c | --certificate is about a cluster",
        "resume RUN --steps 30 --ship-plugins | --ship-plugins is about a cluster",
        "train q-learning Taxi-v4 --trial-episodes 5 | --trial-episodes is about trials: say"
            + " --trials STEPS too",
        "tune q-learning Taxi-v4 --asynchronous 2 | unknown option '--asynchronous'",
        "worker --join localhost:1 --accept-plugins never --plugin-cache d | --plugin-cache is for"
            + " plugins that learners send",
        "worker --join localhost:1 --plugin-cache d | --plugin-cache is for plugins that",
        "play RUN --record moments.png --fps 3 | --fps is for films, and moments.png is none",
        "show RUN --layers 0 --over 0,1 | --layers draws layers of a grid",
        "show huggy --layers 0 | --layers is for a run: huggy has no values to draw",
        "show huggy --over 0,1 | --over is for a run: huggy has no values to draw",
        "cluster --follow certificates d m | --follow does not go with ./rl cluster certificates",
        "cluster host:1 certificates d m | 'host:1' does not go with ./rl cluster certificates",
      })
  void optionWithoutEffect_isRefusedByName(String line, String expected) {
    assertThat(refusal(line.replace("RUN", run.toString()))).startsWith("error: " + expected);
  }

  @Test
  void show_layersOfATaskWithoutGrid_isRefused() {
    Path pole = folder.resolve("pole");
    Rl.ok("train", "q-learning", "CartPole-v1", "--steps", 20, "--quiet", "--out", pole);
    assertThat(refusal("show " + pole + " --layers 0"))
        .contains("--layers is for grids, and CartPole-v1 is none");
  }

  private static String refusal(String line) {
    Rl rl = Rl.run((Object[]) line.split(" ", -1));
    assertThat(rl.status()).as(rl.out() + rl.err()).isEqualTo(2);
    assertThat(rl.err()).hasLineCount(1);
    return rl.err();
  }

  @Test
  void helpBeforeACommand_isHelpOfTheCommand() {
    assertThat(Rl.ok("--help", "runs")).isEqualTo(Rl.ok("runs", "--help"));
    assertThat(Rl.ok("--version", "runs")).isEqualTo(Rl.ok("--version"));
  }
}
