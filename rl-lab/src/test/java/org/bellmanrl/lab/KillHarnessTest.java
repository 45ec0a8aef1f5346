package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills runs of every kind, and learners whose options give them more to save, {@code -Dkills=N}
 * times each, and requires that nothing is lost and nothing is repeated: {@code mvn verify -Plong
 * -pl rl-lab -am -Dtest=KillHarnessTest -Dsurefire.failIfNoSpecifiedTests=false -Dkills=10}.
 * Figures are added to target/kills.txt. {@link KillTest} has a short form.
 */
@Tag("long")
class KillHarnessTest {
  private static final int KILLS = Integer.getInteger("kills", 3);

  /** About how long an undisturbed training is to take, besides the start of its process. */
  private static final double SECONDS = 1.5;

  private static final int FIRST_STEPS = 500;
  private static final int MOST_STEPS = 5_000_000;

  @TempDir Path folder;

  static Stream<String> learners() {
    return LearnerTasks.learners();
  }

  private static void note(String what, Kills kills) throws IOException {
    Files.writeString(
        Path.of("target", "kills.txt"),
        what + ": " + kills + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @ParameterizedTest
  @MethodSource("learners")
  void train_ofEveryLearner(String learner) throws IOException, InterruptedException {
    kill(suited(learner, LearnerTasks.TASKS, List.of()));
  }

  /** What learners save with options that their defaults are without. */
  static Stream<Arguments> options() {
    return Stream.of(
        arguments("ppo", "CartPole-v1", List.of("--set", "hidden=[lstm 8]")),
        arguments("ppo", "Pendulum-v1", List.of("--wrap", "normalize-observation")),
        arguments("a2c", "TMaze-v1", List.of("--set", "hidden=[gru 8]")),
        arguments("dqn", "RepeatPrevious-v1", List.of("--set", "hidden=[gru 8]")),
        arguments("sac", "Pendulum-v1", List.of("--set", "hidden=[gru 8, 8]")),
        arguments("td3", "Pendulum-v1", List.of("--set", "hidden=[lstm 8, 8]")),
        arguments("impala", "TMaze-v1", List.of("--set", "hidden=[gru 8]")),
        arguments("iqn", "RepeatPrevious-v1", List.of("--set", "hidden=[lstm 8]")),
        arguments("dqn", "DeepSea-v1", List.of("--wrap", "count-bonus:scale=1")),
        arguments("ppo", "DeepSea-v1", List.of("--wrap", "rnd:scale=1")),
        arguments("dqn", "CartPole-v1", List.of("--round", 8)),
        arguments("dqn", "BitFlipping-v1", List.of("--set", "relabelled_goals=0.8")),
        arguments(
            "dqn",
            "CartPole-v1",
            List.of(
                "--set",
                "prioritised=true",
                "--set",
                "n_steps=3",
                "--set",
                "noisy=true",
                "--set",
                "dueling=true")),
        arguments("ddpg", "Pendulum-v1", List.of("--set", "noise=ornstein-uhlenbeck:0.1")),
        arguments("td3", "Pendulum-v1", List.of("--set", "noise=adaptive-param:0.2")),
        arguments("dqn", "CartPole-v1", List.of("--set", "param_noise=true")),
        arguments(
            "sac",
            "Pendulum-v1",
            List.of(
                "--set", "n_critics=4", "--set", "target_critics=2", "--set", "gradient_steps=2")),
        arguments("q-learning", "MountainCar-v0", List.of("--wrap", "discretize:bins=8")),
        arguments(
            "q-learning",
            "Taxi-v4",
            List.of("--set", "values=hashed", "--listen", "plateau-stop:patience=1000000000")));
  }

  @ParameterizedTest
  @MethodSource("options")
  void train_withOptionsThatAreSaved(String learner, String task, List<Object> words)
      throws IOException, InterruptedException {
    kill(suited(learner, List.of(task), words));
  }

  private void kill(List<Object> words) throws IOException, InterruptedException {
    Kills kills = new Kills(Files.createDirectory(folder.resolve("kills")));
    kills.train(KILLS, words.toArray());
    note(String.join(" ", words.stream().map(Object::toString).toList()), kills);
  }

  /** The words of a training on the first task that the learner takes, of about a second. */
  private List<Object> suited(String learner, List<String> tasks, List<Object> more) {
    String refusals = "";
    for (String task : tasks) {
      List<Object> words = new ArrayList<>(List.of("train", learner, task, "--quiet"));
      LearnerTasks.options(learner)
          .forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
      words.addAll(List.of("--envs", LearnerTasks.rows(learner), "--tensorboard"));
      words.addAll(more);
      List<Object> trial = new ArrayList<>(words);
      trial.addAll(List.of("--steps", FIRST_STEPS, "--out", folder.resolve(task)));
      long begun = System.nanoTime();
      Rl rl = Rl.run(trial.toArray());
      if (rl.status() == 0) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        long steps = Math.clamp((long) (FIRST_STEPS * SECONDS / seconds), 200, MOST_STEPS);
        words.addAll(List.of("--steps", steps, "--trials", Math.max(1, steps / 3)));
        return words;
      }
      refusals += "\n" + rl.err();
    }
    throw new AssertionError(learner + " takes none of the tasks:" + refusals);
  }

  @Test
  void train_ofSeveralSeeds() throws IOException, InterruptedException {
    Kills kills = new Kills(folder);
    kills.train(KILLS, "train", "q-learning", "Taxi-v4", "--steps", 1_000_000, "--seeds", 5);
    note("five seeds", kills);
  }

  @Test
  void resume_toALaterEnd() throws IOException, InterruptedException {
    Kills kills = new Kills(folder);
    kills.lengthen(KILLS, 3_000_000, "train", "q-learning", "Taxi-v4", "--steps", 300_000);
    note("lengthened", kills);
  }

  @Test
  void tune() throws IOException, InterruptedException {
    Kills kills = new Kills(folder);
    kills.train(KILLS, (Object[]) KillTest.SEARCH.split(" "));
    note("search", kills);
  }

  @Test
  void train_whileJudged() throws IOException, InterruptedException {
    Path file = folder.resolve("judged.yaml");
    Files.writeString(
        file,
        """
        learner: {id: q-learning}
        environment: {id: FrozenLake-v1}
        budget: {steps: 100000}
        evaluation: {episodes: 300000}
        """);
    Kills kills = new Kills(folder);
    kills.train(KILLS, "train", file, "--quiet");
    note("judging", kills);
  }

  @Test
  void export_ofANetworkAndATable() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    Rl.ok("train", "dqn", "CartPole-v1", "--steps", 500, "--quiet", "--out", run);
    Kills kills = new Kills(folder);
    Path out = Files.createDirectory(folder.resolve("out"));
    kills.export(KILLS, run, out.resolve("policy.zip"));
    kills.export(KILLS, run, out.resolve("policy.onnx"));
    assertThat(kills.count()).isPositive();
    note("export", kills);
  }
}
