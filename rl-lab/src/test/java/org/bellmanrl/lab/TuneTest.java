package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rl tune}, and what other commands make of its folder. */
class TuneTest {
  @TempDir static Path folder;
  private static Path study;
  private static String told;

  @BeforeAll
  static void tune() {
    study = folder.resolve("study");
    told = Rl.ok(words("--trials", 14, "--out", study));
  }

  private static Object[] words(Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of("tune", "q-learning", "FrozenLake-v1", "--env", "is_slippery=false"));
    words.addAll(List.of("--steps", 2000, "--seeds", 2, "--finalists", 2, "--final-seeds", 3));
    words.addAll(List.of("--parallel", 2));
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }

  private static String table(Path of) throws IOException {
    return Files.readString(of.resolve("trials.csv"));
  }

  @Test
  void tune_tellsOfTrialsAndJudgesTheBestAgain() throws IOException {
    assertThat(told)
        .contains("14 trials, 2 seeds each, sampler tpe, pruner median, 2 side by side")
        .contains("step_size=log:0.01:1", "trial 13: ", "(best so far)")
        .contains("14 trials", "unseen seeds", "without search", "importance: ")
        .contains("train " + study.resolve("best.yaml") + " --seeds 10");
    assertThat(table(study).lines().toList())
        .hasSize(15)
        .first()
        .isEqualTo(
            "trial,state,return,step_size,gamma,final_epsilon,exploration_percent,after_20%,"
                + "after_40%,after_60%,after_80%,after_100%");
    assertThat(study.resolve("study.json")).content().contains("\"best\": ", "\"importance\": ");
    for (String picture : List.of("importance", "slices", "parallel-coordinates")) {
      assertThat(study.resolve(picture + ".svg")).content().contains("<svg", "step_size");
    }
    // The search's seeds are 0 and 1, for trials and for judging them.
    try (Stream<Path> files = Files.walk(study, 2)) {
      assertThat(
              files
                  .filter(file -> file.toString().contains("final-"))
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.startsWith("seed-")))
          .contains("seed-2", "seed-3", "seed-4")
          .doesNotContain("seed-0", "seed-1");
    }
    assertThat(study.resolve("final-base/seed-3/run.yaml"))
        .content()
        .contains("seed: 3\n", "seed: 3,");
  }

  @Test
  void resume_afterTheSettingsWereChanged_isRefusedUnlessAccepted() throws IOException {
    Path changed = folder.resolve("changed");
    Rl.ok(words("--trials", 1, "--quiet", "--out", changed));
    Path file = changed.resolve("study.yaml");
    Files.writeString(file, Files.readString(file).replaceFirst("steps: 2000", "steps: 2100"));
    Rl rl = Rl.run("resume", changed, "--trials", 2);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains(file + " was changed since it was written", "--accept-changes");
    Rl.ok("resume", changed, "--trials", 2, "--accept-changes", "--quiet");
    Rl.ok("resume", changed, "--trials", 3, "--quiet");
  }

  @Test
  void tune_withAnotherSeed_triesSomethingElse() throws IOException {
    Path other = folder.resolve("other");
    Rl.ok(words("--trials", 1, "--seed", 100, "--quiet", "--out", other));
    assertThat(table(other).lines().toList().get(1))
        .isNotEqualTo(table(study).lines().toList().get(1));
  }

  /**
   * So the same words give the same study, too: most of the time goes into forcing files to disk.
   */
  @Test
  void resume_withMoreTrials_isAsIfThereHadBeenSoMany() throws IOException {
    Path shorter = folder.resolve("shorter");
    assertThat(Rl.ok(words("--trials", 5, "--quiet", "--out", shorter)))
        .hasLineCount(1)
        .startsWith("5 trials")
        .contains("on unseen seeds, without search ");
    Rl.ok("resume", shorter, "--trials", 14, "--quiet");
    assertThat(table(shorter)).isEqualTo(table(study));
    assertThat(shorter.resolve("best.yaml")).hasSameTextualContentAs(study.resolve("best.yaml"));
    assertThat(Rl.ok("resume", shorter, "--quiet")).startsWith("14 trials");
  }

  @Test
  void commandsForRuns_takeTheStudyAndItsTrials() throws IOException {
    Path best = folder.resolve("trained");
    Rl.ok("train", study.resolve("best.yaml"), "--quiet", "--out", best);
    String options =
        Files.readString(study.resolve("best.yaml"))
            .lines()
            .filter(line -> line.startsWith("  options: {step_size"))
            .findFirst()
            .orElseThrow();
    assertThat(best.resolve("run.yaml")).content().contains(options);
    assertThat(Rl.ok("show", study)).contains("trial 0: ", "without search", "best: trial ");
    assertThat(Rl.ok("show", study.resolve("trial-0000")))
        .contains("which did best of the 2 seeds");
    assertThat(Rl.ok("eval", study)).contains("seed 2: ", "seed 4: ", "3 seeds: mean return");
    assertThat(Rl.ok("export", study, "--to", folder.resolve("policy.zip")))
        .contains("which did best of the 3 seeds in " + study.resolve("final-"));
    String next = told.substring(told.indexOf("compare "), told.length()).strip();
    assertThat(Rl.ok((Object[]) next.split(" "))).contains("q-learning", "better");
    assertThat(Rl.ok("plot", study, "--out", folder.resolve("curves.svg"))).contains("curves.svg");
    assertThat(Rl.ok("runs", study)).contains("trial-0000/seed-0", "final-base/seed-2");
  }

  @Test
  void tune_withWordsAboutTheSpace_searchesWhatTheySay() throws IOException {
    Path file = folder.resolve("space.yaml");
    Files.writeString(file, "parameters: {gamma: [0.5, 0.6]}\n");
    Path out = folder.resolve("space");
    String json =
        Rl.ok(
            words(
                "--trials",
                3,
                "--sampler",
                "quasi-random",
                "--pruner",
                "halving",
                "--space",
                file,
                "--set",
                "alpha=0.3",
                "--search",
                "epsilon=uniform:0.1:0.2",
                "--json",
                "--out",
                out));
    assertThat(json).startsWith("{\n  \"study\": ").contains("\"gamma\": 0.", "\"epsilon\": 0.1");
    assertThat(table(out)).startsWith("trial,state,return,gamma,epsilon,after_11%");
    assertThat(out.resolve("best.yaml")).content().contains("step_size: '0.3'");
    assertThat(out.resolve("study.yaml")).content().contains("epsilon: uniform:0.1:0.2");
  }

  @Test
  void tune_whoseTrialsAllDiverge_saysWhy() {
    Rl rl =
        Rl.run(
            "tune",
            "dqn",
            "CartPole-v1",
            "--steps",
            600,
            "--set",
            "learning_starts=100",
            "--set",
            "train_freq=1",
            "--search",
            "learning_rate=log:1e20:1e30",
            "--trials",
            2,
            "--seeds",
            1,
            "--quiet",
            "--out",
            folder.resolve("diverged"));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("no trial came to its end: trial 0, seed 0: ", "must be finite");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --trials 0              | --trials must be in [1, 10000], was 0
          --hours -1              | --hours must be above 0, was -1
          --sampler tp            | --sampler must be one of tpe, random, quasi-random, was 'tp'; did you mean 'tpe'?
          --pruner hyperband      | --pruner must be one of median, halving, none, was 'hyperband'
          --search x=log:1:2      | the learner refuses whatever the search space gives: q-learning: unknown option 'x'
          --search gamma=log:1    | 'gamma' must be a list of choices, or SCALE:LOW:HIGH
          --set gamma=2           | gamma must be in [0, 1], was 2
          """)
  void tune_wrongly_saysWhatIsWrong(String options, String complaint) {
    Path out = folder.resolve("wrong");
    List<Object> more = new ArrayList<>(Arrays.asList(options.split(" ")));
    more.addAll(List.of("--out", out));
    Rl rl = Rl.run(words(more.toArray()));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains(complaint);
  }

  @Test
  void tune_withNothingToSearch_saysHowToNameParameters() {
    Rl rl = Rl.run("tune", "value-iteration", "FrozenLake-v1");
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err())
        .contains(
            "there is nothing to search: no search space comes with value-iteration", "--search");
    assertThat(Rl.run("resume", study, "--steps", 10).err())
        .contains("is a search: --trials and --hours make it longer");
    assertThat(Rl.run("resume", study.resolve("trial-0000"), "--trials", 10).err())
        .contains("--trials is for searches");
    assertThat(Rl.run(words("--out", study)).err()).contains(study + " is not empty");
  }
}
