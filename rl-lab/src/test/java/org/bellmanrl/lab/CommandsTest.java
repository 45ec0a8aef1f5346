package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @TempDir static Path shared;
  private static Path lake;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    lake = shared.resolve("lake");
    Rl.ok(
        "train",
        "q-learning",
        "FrozenLake-v1",
        "--env",
        "is_slippery=false",
        "--out",
        lake,
        "--quiet");
  }

  @Test
  void envs_listsALineForEach() {
    assertThat(Rl.ok("envs").lines())
        .anyMatch(line -> line.startsWith("FrozenLake-v1  "))
        .anyMatch(line -> line.startsWith("Taxi-v4  "))
        .noneMatch(line -> line.startsWith(" "));
  }

  @Test
  void envs_ofOne_showsSpacesAndLimit() {
    assertThat(Rl.ok("envs", "FrozenLake-v1"))
        .contains("Discrete(16)", "Discrete(4)", "cut after 100 steps", "exact model   yes")
        .contains("is_slippery=true", "max_episode_steps=100");
  }

  @Test
  void learners_listsALineForEach() {
    assertThat(Rl.ok("learners").lines())
        .anyMatch(line -> line.matches("q-learning +off-policy TD control.*"))
        .anyMatch(line -> line.startsWith("dqn  "))
        .noneMatch(line -> line.startsWith(" "));
  }

  @Test
  void learners_ofOne_showsSpacesAndOptions() {
    assertThat(Rl.ok("learners", "sarsa"))
        .contains("sarsa", "observations: a finite space", "epsilon=")
        .doesNotContain("q-learning");
  }

  @Test
  void learners_ofATask_listsThoseThatFitIt() {
    assertThat(Rl.ok("learners", "Pendulum-v1").lines())
        .anyMatch(line -> line.startsWith("sac  "))
        .noneMatch(line -> line.startsWith("dqn  "))
        .noneMatch(line -> line.startsWith("q-learning  "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train trpo Pendulum-v1 | unknown learner 'trpo'; those that fit Pendulum-v1 are ",
        "train nothing FrozenLake-v1 | unknown learner 'nothing'; ./rl learners FrozenLake-v1"
            + " lists",
        "train dqn Pendulum-v1 | the wrapper 'discretize-action' offers finitely many of them; for"
            + " example --wrap discretize-action, which makes 5 actions; those that fit Pendulum-v1"
            + " are ",
        "train sarsa LunarLander-v3 | ; for example --wrap discretize:bins=4, which makes 65,536"
            + " states; ./rl learners LunarLander-v3 lists those that fit the task",
        "train dqn Nowhere-v1 | unknown environment 'Nowhere-v1'; ./rl envs lists them",
        "learners nothing | unknown learner 'nothing'; ./rl learners lists them",
      })
  void unknownId_isAnsweredWithWhatFits(String line, String expected) {
    Rl rl = Rl.run((Object[]) line.strip().split(" ", -1));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).hasLineCount(1).contains(expected).hasSizeLessThan(450);
  }

  @Test
  void train_stepsAsPeopleWriteThem_areRead() throws IOException {
    for (String steps : List.of("2k", "2e3", "2_000")) {
      Path run = folder.resolve(steps);
      Rl.ok("train", "q-learning", "FrozenLake-v1", "--steps", steps, "--quiet", "--out", run);
      assertThat(run.resolve("run.yaml")).content().contains("steps: 2000");
    }
  }

  private static void refused(String message, Object... words) {
    Rl rl = Rl.run(words);
    assertThat(rl.status()).as(rl.err()).isEqualTo(2);
    assertThat(rl.err()).hasLineCount(1).startsWith("error: ").contains(message);
  }

  @Test
  void train_whatCannotFit_isRefusedByName() {
    Path run = folder.resolve("run");
    refused(
        "--seeds 2 from --seed 9223372036854775807 would need seeds above",
        "train",
        "q-learning",
        "FrozenLake-v1",
        "--seed",
        Long.MAX_VALUE,
        "--seeds",
        2,
        "--out",
        run);
    refused(
        "a window of n = 2000000000 steps for each of 1 rows needs ",
        "train",
        "n-step-sarsa",
        "FrozenLake-v1",
        "--set",
        "n=2000000000",
        "--out",
        run);
    refused(
        "a network with weights of 200000 × 200000 in layer ",
        "train",
        "dqn",
        "CartPole-v1",
        "--set",
        "hidden=[200000,200000]",
        "--out",
        run);
    refused(
        "ppo: what its options ask for would have more than 2147483647 elements",
        "train",
        "ppo",
        "CartPole-v1",
        "--set",
        "hidden=[lstm 600000000]",
        "--out",
        run);
    assertThat(run).doesNotExist();
  }

  @Test
  void train_goalOutOfReach_isWarnedOf() {
    Object[] words = {"train", "q-learning", "FrozenLake-v1", "--steps", 200, "--quiet", "--out"};
    Rl closed = Rl.run(join(words, folder.resolve("closed"), "--env", "desc=[SHFG]"));
    assertThat(closed.status()).isZero();
    assertThat(closed.err())
        .isEqualTo(
            "warning: the best end of FrozenLake-v1, of reward 1, can't be reached from any"
                + " start\n");
    Rl shut =
        Rl.run(
            join(
                words,
                folder.resolve("shut"),
                "--env",
                "desc=[SFFF,FFHF,FHGH,FFHF]",
                "--env",
                "reward_schedule=[1,-1,0]"));
    assertThat(shut.err())
        .isEqualTo("warning: no move of FrozenLake-v1 leads to an end 'G' of its map\n");
    String corridor = "desc=[S" + "F".repeat(150) + "G]";
    Rl far = Rl.run(join(words, folder.resolve("far"), "--env", corridor));
    assertThat(far.err())
        .contains("is at least 151 steps away, but episodes are cut after 100")
        .contains("give --env max_episode_steps=302 or more");
    assertThat(
            Rl.ok(
                join(
                    words,
                    folder.resolve("long"),
                    "--env",
                    corridor,
                    "--env",
                    "max_episode_steps=302")))
        .isNotEmpty();
  }

  private static Object[] join(Object[] words, Object... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
  }

  @Test
  void version_namesBellmanAndJava() {
    assertThat(Rl.ok("--version"))
        .matches("(?s)Bellman \\d+\\.\\d+.*Java " + Runtime.version().feature() + ".*");
  }

  @Test
  void help_showsCommandsAndTheirOptions() {
    assertThat(Rl.ok()).contains("train", "eval", "play");
    assertThat(Rl.ok("help", "train")).contains("--episodes", "--seed");
    assertThat(Rl.ok("train", "--help")).isEqualTo(Rl.ok("help", "train"));
    assertThat(Rl.ok("help", "trace", "check")).contains("FILE");
  }

  @Test
  void train_withATableThatLeavesNoRoom_isRefusedWithItsSizeAndWaysOut() {
    Path run = folder.resolve("run");
    Rl rl = Rl.run("train", "sarsa", "LunarLander-v3", "--wrap", "discretize", "--out", run);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err())
        .hasLineCount(1)
        .contains("a table for LunarLander-v3 of 100,000,000 states × 4 values needs 3.2 GB")
        .contains("; set values=hashed, which holds only the states that have been seen, or ")
        .contains("; --wrap discretize:bins=4 makes 65,536 states");
    assertThat(run).doesNotExist();
    Object[] words = {"train", "sarsa", "LunarLander-v3", "--steps", 200, "--quiet", "--out"};
    Rl.ok(join(words, folder.resolve("a"), "--wrap", "discretize:bins=4"));
    Rl.ok(join(words, folder.resolve("b"), "--wrap", "discretize", "--set", "values=hashed"));
  }

  @Test
  void train_showsPolicyAndValuesAndLeavesARunFolder() throws IOException {
    Path run = folder.resolve("run");
    String out =
        Rl.ok("train", "q-learning", "FrozenLake-v1", "--env", "is_slippery=false", "--out", run);
    assertThat(out)
        .contains("Hugging Face", "step_size=0.7", "max_episode_steps=99", "10,000 episodes")
        .contains("policy", "V(s)", "→", "↓", "0.95", "mean return 1.000 ± 0.000")
        .contains("./rl eval " + run);
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "run.yaml",
              "metrics.csv",
              "timing.csv",
              "learner.state",
              "training.state",
              "summary.json");
    }
  }

  @Test
  void train_quietly_printsOneLine() {
    assertThat(
            Rl.ok(
                "train",
                "sarsa",
                "CliffWalking-v1",
                "--episodes",
                50,
                "--eval-episodes",
                2,
                "--quiet",
                "--out",
                folder.resolve("run")))
        .hasLineCount(1)
        .contains("sarsa on CliffWalking-v1, seed 0: mean return");
  }

  @Test
  void train_twice_writesTheSameButForTiming() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    for (Path run : new Path[] {one, two}) {
      Rl.ok(
          "train",
          "q-learning",
          "Taxi-v4",
          "--episodes",
          300,
          "--seed",
          7,
          "--quiet",
          "--out",
          run);
    }
    for (String name : new String[] {"run.yaml", "metrics.csv", "learner.state"}) {
      assertThat(one.resolve(name)).hasSameBinaryContentAs(two.resolve(name));
    }
  }

  @Test
  void train_withAnotherSeed_writesOtherMetrics() throws IOException {
    for (int seed = 0; seed < 2; seed++) {
      Rl.ok(
          "train",
          "q-learning",
          "Taxi-v4",
          "--episodes",
          50,
          "--seed",
          seed,
          "--quiet",
          "--out",
          folder.resolve("seed" + seed));
    }
    assertThat(Files.readString(folder.resolve("seed0/metrics.csv")))
        .isNotEqualTo(Files.readString(folder.resolve("seed1/metrics.csv")));
  }

  @Test
  void train_withSteps_stopsThere() throws IOException {
    Path run = folder.resolve("run");
    Rl.ok("train", "q-learning", "Taxi-v4", "--steps", 777, "--quiet", "--out", run);
    assertThat(Files.readString(run.resolve("summary.json"))).contains("\"steps\": 777");
  }

  @Test
  void train_inSeveralEnvironments_stepsThemTogetherAndIsJudgedInOne() throws IOException {
    Path run = folder.resolve("run");
    String out =
        Rl.ok("train", "q-learning", "CartPole-v1", "--envs", 8, "--steps", 4001, "--out", run);
    assertThat(out).contains("4,001 steps in 8 environments at once", "4,008 steps in");
    assertThat(Files.readString(run.resolve("run.yaml"))).contains("environments: 8");
    double judged = Rl.number(Files.readString(run.resolve("summary.json")), "meanReturn");
    assertThat(Rl.number(Rl.ok("eval", run, "--json"), "meanReturn")).isEqualTo(judged);
  }

  @Test
  void train_withEpisodeLimit_cutsTrainingAndEvaluation() {
    Path run = folder.resolve("run");
    Rl trained =
        Rl.run(
            "train",
            "q-learning",
            "CliffWalking-v1",
            "--env",
            "max_episode_steps=5",
            "--episodes",
            20,
            "--quiet",
            "--out",
            run);
    assertThat(trained.status()).isZero();
    assertThat(trained.err()).contains("is at least 13 steps away, but episodes are cut after 5");
    String json = Rl.ok("eval", run, "--episodes", 10, "--json");
    assertThat(Rl.number(json, "meanLength")).isEqualTo(5);
    assertThat(Rl.number(json, "terminated")).isZero();
  }

  @Test
  void train_beyondTheOwnLimit_letsEpisodesRunOn() {
    Path run = folder.resolve("run");
    // One episode teaches next to nothing: the policy wanders, beyond the 200 steps of the task.
    Rl.ok(
        "train",
        "q-learning",
        "Taxi-v4",
        "--env",
        "max_episode_steps=450",
        "--episodes",
        1,
        "--quiet",
        "--out",
        run);
    assertThat(Rl.number(Rl.ok("eval", run, "--episodes", 5, "--json"), "meanLength"))
        .isGreaterThan(200);
  }

  @Test
  void train_withOption_overridesThePresetUnderAnyName() throws IOException {
    Path run = folder.resolve("run");
    Rl.ok(
        "train",
        "q-learning",
        "FrozenLake-v1",
        "--env",
        "is-slippery=False",
        "--set",
        "alpha=0.25",
        "--episodes",
        10,
        "--quiet",
        "--out",
        run);
    assertThat(Files.readString(run.resolve("run.yaml"))).contains("'0.25'", "gamma: 0.95");
  }

  @Test
  void eval_afterReload_givesTheNumbersOfTraining() throws IOException {
    String json = Rl.ok("eval", lake, "--json");
    assertThat(Rl.number(json, "episodes")).isEqualTo(100);
    assertThat(Rl.number(json, "meanReturn")).isEqualTo(1);
    assertThat(Rl.number(json, "stdReturn")).isZero();
    assertThat(Rl.number(json, "seed")).isZero();
    assertThat(Files.readString(lake.resolve("summary.json")))
        .contains("\"meanLength\": " + Rl.number(json, "meanLength"));
    assertThat(Rl.ok("eval", lake, "--json")).isEqualTo(json);
  }

  @Test
  void eval_withSeeds_takesListsAndFiles() throws IOException {
    Path file = folder.resolve("seeds.txt");
    Files.writeString(file, "[3, 4,\n5]\n");
    String listed = Rl.ok("eval", lake, "--seeds", "3,4,5", "--json");
    assertThat(Rl.number(listed, "episodes")).isEqualTo(3);
    assertThat(Rl.ok("eval", lake, "--seeds", file, "--json")).isEqualTo(listed);
  }

  @Test
  void show_tellsSettingsPolicyAndResult() {
    assertThat(Rl.ok("show", lake))
        .contains("q-learning on FrozenLake-v1", "policy", "trained for 10,000 episodes")
        .contains("mean return 1.000");
  }

  @Test
  void show_ofManyLayers_drawsSomeOrAll() {
    Path run = folder.resolve("taxi");
    Rl.ok("train", "q-learning", "Taxi-v4", "--episodes", 300, "--quiet", "--out", run);
    assertThat(Rl.ok("show", run)).contains("2 of 16 layers");
    assertThat(Rl.ok("show", run, "--layers", "all").lines().filter(l -> l.startsWith("policy")))
        .hasSize(16);
    assertThat(Rl.run("show", run, "--layers", "99").err()).contains("from 0 to 15");
  }

  /** The task is cut after ten steps and goes on nevertheless: V = 1 / (1 − 0.9). */
  @Test
  void show_ofFewStatesWithoutGrid_listsTheirValues() {
    Path run = folder.resolve("endless");
    Rl.ok("train", "td-prediction", "EndlessReward-v1", "--set", "gamma=0.9", "--out", run);
    assertThat(Rl.ok("show", run).lines()).contains("V(s)  10.000");
  }

  @Test
  void show_ofOneStateWithoutGrid_listsTheValuesOfActions() {
    Path run = folder.resolve("arms");
    Rl.ok("train", "ucb", "TenArmed-v1", "--steps", 500, "--quiet", "--out", run);
    assertThat(Rl.ok("show", run)).containsPattern("(?m)^Q\\(a\\)( +-?\\d+\\.\\d{3}){10}$");
  }

  @Test
  void play_showsFramesAndTheReturn() {
    assertThat(Rl.ok("play", lake, "--episodes", 2))
        .contains("episode 1/2, step 0", "episode 2/2, step 6", "return 1 in 6 steps");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "trian q-learning Taxi-v4 | unknown command 'trian', did you mean 'train'?",
        "train q-lerning Taxi-v4 | did you mean 'q-learning'?",
        "train q-learning FrozenLak-v1 | did you mean 'FrozenLake-v1'",
        "train q-learning Taxi-v3 | the newest version is 'Taxi-v4'",
        "train q-learning taxi-V4 | unknown environment 'taxi-V4', did you mean 'Taxi-v4'?",
        "train q-learning | 'ENV'",
        "train Taxi-v4 q-learning | before the environment: ./rl train q-learning Taxi-v4",
        "config Taxi-v4 q-learning | before the environment: ./rl config q-learning Taxi-v4",
        "tune Taxi-v4 q-learning | before the environment: ./rl tune q-learning Taxi-v4",
        "train q-learning Taxi-v4 --sed 3 | did you mean '--seed'",
        "train q-learning Taxi-v4 --seed x | 'x' is not a whole number such as 200000, 200_000, 2e5"
            + " or 200k",
        "train q-learning Taxi-v4 --seed -1 | --seed must be at least 0, was -1",
        "train q-learning Taxi-v4 --episodes 0 | --episodes must be at least 1, was 0",
        "train q-learning Taxi-v4 --steps 5 --episodes 5 | not both",
        "train q-learning Taxi-v4 --envs 0 | --envs must be in [1, 65536], was 0",
        "train q-learning Taxi-v4 --set gama=1 | did you mean 'gamma'",
        "train q-learning Taxi-v4 --set gamma=1.5 | gamma must be in [0, 1], was 1.5",
        "train q-learning Taxi-v4 --set gamma | '--set'",
        "train q-learning FrozenLake-v1 --env is_slipery=1 | did you mean 'is_slippery'",
        "train q-learning FrozenLake-v1 --env desc=SFFF | goal",
        "train q-learning FrozenLake-v1 --env desc=SF,G | length",
        "train q-learning Taxi-v4 --env max_episode_steps=0 | max_episode_steps=200",
        "eval nowhere | there is no run folder nowhere",
        "show nowhere | there is no run folder nowhere",
        "play nowhere | there is no run folder nowhere",
        "help trian | did you mean 'train'",
      })
  void badInput_isAnsweredWithOneLineAndStatus2(String line, String expected) {
    Rl rl = Rl.run((Object[]) line.strip().split(" ", -1));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).hasLineCount(1).startsWith("error: ").contains(expected);
    assertThat(rl.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--debug eval nowhere", "eval nowhere --debug"})
  void debug_addsTheStackTrace(String line) {
    Rl rl = Rl.run((Object[]) line.split(" ", -1));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).startsWith("error: ").contains("\tat org.bellmanrl.lab");
  }

  @Test
  void train_intoAFolderWithFiles_isRefusedAndLeavesThemAlone() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");
    Rl rl = Rl.run("train", "q-learning", "Taxi-v4", "--out", folder);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("is not empty", "--out");
    assertThat(mine).hasContent("mine");
    rl = Rl.run("train", "q-learning", "Taxi-v4", "--out", mine);
    assertThat(rl.err()).contains("is a file");
    assertThat(mine).hasContent("mine");
  }

  @Test
  void train_intoAnEmptyFolder_usesIt() {
    Rl.ok("train", "sarsa", "Maze-v1", "--episodes", 5, "--quiet", "--out", folder);
    assertThat(folder.resolve("summary.json")).exists();
  }

  @Test
  void eval_withBadSeedsOrEpisodes_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("seeds.txt"), "1, two, 3");
    assertThat(Rl.run("eval", lake, "--seeds", file).err()).contains("'two'", "seeds.txt");
    assertThat(Rl.run("eval", lake, "--seeds", "none.txt").err()).contains("no file 'none.txt'");
    assertThat(Rl.run("eval", lake, "--seeds", "1,2", "--episodes", 3).err()).contains("together");
    assertThat(Rl.run("eval", lake, "--episodes", 0).err()).contains("at least 1, was 0");
    assertThat(Rl.run("play", lake, "--fps", 0).err()).contains("--fps must be above 0");
  }

  @Test
  void config_ofATask_saysWhatItsNumbersMean() {
    assertThat(Rl.ok("config", "dqn", "LunarLander-v3"))
        .contains("  # actions: 0 none; 1 left engine;")
        .contains("  # observations: 0 x from the pad")
        .contains("  # reward: A step pays");
  }
}
