package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run says of its result: that it is odd, where it is, and what was done. */
class OddResultsTest {
  @TempDir Path folder;

  /** What a training prints, in one line: its own lines are broken to fit the terminal. */
  private String train(String words) {
    List<Object> all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(words.split(" ")));
    all.addAll(List.of("--out", folder.resolve("run")));
    Rl rl = Rl.run(all.toArray());
    assertThat(rl.status()).as(rl.err()).isZero();
    return rl.out().replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ppo CartPole-v1 --steps 500 --set n_steps=2048" + " | no network was updated in 504 steps",
        "q-learning FrozenLake-v1 --episodes 200 --set epsilon=1" + " | ε is still 1.00 at the end",
        "q-learning Maze-v1 --env desc=S.....................C --env step_reward=0 --episodes 1"
            + " --env max_episode_steps=5 | every episode of training returned 0",
        "q-learning FrozenLake-v1 --env is_slippery=false --episodes 1 --set initial_value=50"
            + " | the values promise 4",
        "value-iteration FrozenLake-v1 --steps 100 --set tolerance=1e-300"
            + " | the plan has not settled",
        "q-learning CliffWalking-v1 --steps 12 --eval-episodes 1"
            + " | no episode ended in 12 steps of training",
      })
  void train_whoseResultIsOdd_saysSo(String words, String odd) {
    assertThat(train(words.strip())).contains("odd: ", odd.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream-q", "stream-ac"})
  void train_byALearnerWithoutLosses_isNotSaidToHaveLeftItsNetworksAlone(String learner) {
    assertThat(train(learner + " CartPole-v1 --steps 500"))
        .contains("learned policy")
        .doesNotContain("no network was updated");
  }

  @Test
  void train_quietly_saysWhatIsOddBesideTheResultAndInTheSummary() throws Exception {
    Path run = folder.resolve("quiet");
    String out =
        Rl.ok(
            "train",
            "q-learning",
            "Taxi-v4",
            "--episodes",
            30,
            "--set",
            "epsilon=1",
            "--quiet",
            "--out",
            run);

    assertThat(out.lines()).hasSize(1);
    assertThat(out).contains(run + "; odd, as ./rl show " + run + " says");
    assertThat(Files.readString(run.resolve("summary.json")))
        .contains("\"odd\"", "ε is still 1.00 at the end");
    assertThat(Rl.ok("show", run)).contains("odd: ", "ε is still 1.00");
  }

  @Test
  void train_ofSeveralSeeds_saysOfWhichSeedsItIsOdd() {
    Path runs = folder.resolve("seeds");
    Object[] words = {
      "train",
      "q-learning",
      "Taxi-v4",
      "--episodes",
      30,
      "--set",
      "epsilon=1",
      "--seeds",
      2,
      "--out",
      runs
    };

    assertThat(Rl.ok(words)).containsPattern("odd: seeds 0(,| and) 1: ε is still 1.00 at the end");
  }

  @Test
  void train_onATaskThatIsOnlyCut_tellsWhatAStepEarns() {
    assertThat(train("epsilon-greedy TenArmed-v1 --steps 3000 --eval-episodes 2"))
        .containsPattern("while learning: mean return [0-9.]+ \\([0-9.]+ a step\\) over all of 3")
        .containsPattern("learned policy: .* mean length 1000.0 \\([0-9.]+ a step\\)");
  }

  @Test
  void train_thatWentWell_saysNothingOdd() {
    String out = train("q-learning FrozenLake-v1 --env is_slippery=false");

    assertThat(out)
        .doesNotContain("odd:")
        .contains("while learning: mean return ", "over the last 100", "learned policy: ")
        .contains("values: 0.774 expected at the start; the episodes brought 0.774, discounted by");
  }

  @Test
  void train_beforeAnythingCanBeLearned_warnsAtOnce() {
    Rl rl = Rl.run("train", "dqn", "CartPole-v1", "--steps", 50, "--out", folder.resolve("r"));

    assertThat(rl.err()).contains("dqn updates its networks for the first time after 1000 steps");
  }

  @Test
  void train_ofAPlanner_countsSweeps() {
    assertThat(train("value-iteration FrozenLake-v1")).contains("solved in ", " sweeps");
  }

  @Test
  void train_ofAPrediction_judgesAPolicy() {
    assertThat(train("td-prediction RandomWalk-v1 --episodes 100"))
        .contains("given policy: ")
        .doesNotContain("learned policy");
  }

  @Test
  void train_onATaskWithoutEnd_hasACurve() throws Exception {
    train(
        "differential-sarsa AccessControl-v1 --steps 20000 --eval-episodes 1 --env"
            + " max_episode_steps=0");

    assertThat(Files.readAllLines(folder.resolve("run/metrics.csv"))).hasSizeGreaterThan(100);
  }

  @Test
  void train_withEvalEpisodes_judgesByAsMany() {
    assertThat(train("q-learning Taxi-v4 --episodes 50 --eval-episodes 7"))
        .contains("over 7 episodes");
  }

  @Test
  void train_withALimitOfTheTasksOwn_saysTheOneInForce() throws Exception {
    String out = train("reinforce ShortCorridor-v1 --episodes 10 --env max_episode_steps=3");

    assertThat(out).contains("max_episode_steps=3").doesNotContain("max_episode_steps=1000");
    assertThat(Files.readString(folder.resolve("run/run.yaml"))).contains("max_episode_steps: 3");
  }

  @Test
  void train_withTrials_listsEachOfThem() throws Exception {
    train("q-learning Taxi-v4 --steps 5000 --trials 1000 --trial-episodes 2");

    assertThat(Files.readAllLines(folder.resolve("run/trials.csv")))
        .hasSize(6)
        .startsWith("step,episode,return,deviation,least,greatest,length,terminated")
        .last()
        .asString()
        .startsWith("5000,");
  }
}
