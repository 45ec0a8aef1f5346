package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.bellmanrl.env.classic.Pendulum;
import org.bellmanrl.env.classic.PendulumOptions;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.bellmanrl.onnx.OnnxExport;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.policy.WrappedPolicy;
import org.bellmanrl.policy.WritablePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
  @TempDir Path folder;

  private Path train(Object... words) {
    Path run = folder.resolve("run");
    Object[] all = new Object[words.length + 4];
    all[0] = "train";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--quiet";
    all[words.length + 2] = "--out";
    all[words.length + 3] = run;
    Rl.ok(all);
    return run;
  }

  private OrtSession export(Path run) throws OrtException {
    Path file = folder.resolve("policy.onnx");
    assertThat(Rl.ok("export", run, "--to", file)).contains("policy in " + file);
    return OrtEnvironment.getEnvironment().createSession(file.toString());
  }

  @Test
  void export_ofDqn_writesAModelThatTellsWhereItIsFrom() throws OrtException, IOException {
    Path run = train("dqn", "CartPole-v1", "--steps", 500, "--seed", 4);
    try (OrtSession session = export(run)) {
      assertThat(session.getInputNames()).containsExactly("observation");
      Map<String, String> metadata = session.getMetadata().getCustomMetadata();
      double judged = Rl.number(Files.readString(run.resolve("summary.json")), "meanReturn");
      assertThat(metadata)
          .containsEntry("learner", "dqn")
          .containsEntry("environment", "CartPole-v1")
          .containsEntry("seed", "4")
          .containsEntry("training_steps", "500");
      assertThat(Double.parseDouble(metadata.get("mean_return"))).isEqualTo(judged);
    }
  }

  @Test
  void export_behindANormaliser_takesTheObservationsOfTheTask() throws OrtException {
    List<Object> words =
        List.of("ppo", "Pendulum-v1", "--wrap", "normalize-observation", "--steps", 1);
    try (OrtSession session = export(train(words.toArray()))) {
      assertThat(session.getInputInfo().get("observation").getInfo().toString())
          .contains("FLOAT", "-1, 3");
      assertThat(session.getOutputInfo().get("action").getInfo().toString())
          .contains("FLOAT", "-1, 1");
    }
  }

  /** What a program of somebody else's sees: rl-api, rl-deep and an environment. */
  private static Evaluation judged(ShippedPolicy policy, Environment environment, int episodes) {
    try (environment) {
      assertThat(policy.spec().observationSpace()).isEqualTo(environment.spec().observationSpace());
      assertThat(policy.spec().actionSpace()).isEqualTo(environment.spec().actionSpace());
      return Evaluation.of(environment, policy, new Evaluation.Plan(episodes, 5, List.of(), 1000));
    }
  }

  private void exportedActsAsTheRun(Environment environment, Object... words) throws IOException {
    Path run = train(words);
    Path file = folder.resolve("policy.zip");
    assertThat(Rl.ok("export", run, "--to", file)).contains("policy in " + file);
    String json = Rl.ok("eval", run, "--episodes", 7, "--seed", 5, "--json");
    Evaluation evaluation = judged(Policies.load(file), environment, 7);
    assertThat(evaluation.meanReturn()).isEqualTo(Rl.number(json, "meanReturn"));
    assertThat(evaluation.meanLength()).isEqualTo(Rl.number(json, "meanLength"));
    try (Stream<Path> files = Files.walk(run)) {
      files.sorted(Comparator.reverseOrder()).forEach(old -> old.toFile().delete());
    }
  }

  @ParameterizedTest
  @MethodSource("org.bellmanrl.lab.LearnerTasks#networks")
  void exported_ofEveryNetwork_actsAsTheRun(String learner, String task, String hidden) {
    List<Object> words = new ArrayList<>(List.of(learner, task, "--steps", 300, "--envs", 3));
    LearnerTasks.options(learner, hidden)
        .forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
    Path run = train(words.toArray());
    String json = Rl.ok("eval", run, "--episodes", 3, "--seed", 5, "--json");
    for (String name : List.of("policy.zip", "policy.onnx")) {
      if (learner.equals("deep-reinforce") && name.endsWith(".onnx")) {
        continue; // its actions are drawn, and a model takes the likeliest
      }
      Path file = folder.resolve(name);
      Rl.ok("export", run, "--to", file);
      String imported =
          Rl.ok("import", file, "--env", task, "--episodes", 3, "--seed", 5, "--json");
      assertThat(Rl.number(imported, "meanReturn"))
          .as(name)
          .isCloseTo(
              Rl.number(json, "meanReturn"),
              within(task.equals("Pendulum-v1") && name.endsWith(".onnx") ? 1e-3 : 0));
    }
  }

  @Test
  void zip_ofTablesAndBehindANormaliser_actsAsTheRun() throws IOException {
    exportedActsAsTheRun(
        new Pendulum(PendulumOptions.defaults()),
        "ppo",
        "Pendulum-v1",
        "--wrap",
        "normalize-observation:clip=1.5",
        "--steps",
        400);
    for (String learner : List.of("q-learning", "sarsa", "value-iteration")) {
      exportedActsAsTheRun(
          new FrozenLake(FrozenLakeOptions.defaults()),
          learner,
          "FrozenLake-v1",
          "--episodes",
          300);
    }
  }

  @Test
  void zip_hasACardThatTellsWhereItIsFrom() throws IOException {
    Path run = train("ppo", "CartPole-v1", "--steps", 500, "--seed", 4);
    Path file = folder.resolve("policy.zip");
    Rl.ok("export", run, "--to", file);
    ShippedPolicy policy = Policies.load(file);
    String summary = Files.readString(run.resolve("summary.json"));
    double judged = Rl.number(summary, "meanReturn");
    assertThat(policy.about())
        .containsEntry("learner", "ppo")
        .containsEntry("environment", "CartPole-v1")
        .containsEntry("seed", "4")
        .containsKeys("evaluation_episodes", "evaluation_seed", "bellman", "java");
    assertThat(Double.parseDouble(policy.about().get("mean_return"))).isEqualTo(judged);
    assertThat(policy.card())
        .startsWith("# ppo on CartPole-v1\n")
        .contains("Box([4]", "Discrete(2)", "4 -> Dense 64 -> Dense 64 -> Dense 2")
        .contains("| mean return | " + policy.about().get("mean_return") + " |")
        .contains("from seed 4", "gamma: 0.98", "versions:", "learning_rate");
  }

  @Test
  void zip_ofTheBestPolicy_isThatOfTheTrial() {
    Path run = train("ppo", "CartPole-v1", "--steps", 3000, "--trials", 500, "--trial-episodes", 5);
    Path file = folder.resolve("best.zip");
    Rl.ok("export", run, "--to", file, "--best");
    ShippedPolicy policy = Policies.load(file);
    String json = Rl.ok("eval", run, "--best", "--episodes", 7, "--seed", 5, "--json");
    assertThat(judged(policy, new CartPole(CartPoleOptions.defaults()), 7).meanReturn())
        .isEqualTo(Rl.number(json, "meanReturn"));
    assertThat(policy.about())
        .containsKeys("best_trial_step", "best_trial_mean_return")
        .doesNotContainKey("mean_return");
    assertThat(policy.card())
        .contains("It did best of the policies tried out in training", "over 5 episodes");
  }

  @Test
  void imported_actAsTheRun() {
    Path run = train("ppo", "CartPole-v1", "--steps", 500, "--seed", 4);
    String json = Rl.ok("eval", run, "--episodes", 7, "--seed", 5, "--json");
    for (String name : List.of("policy.onnx", "policy.zip")) {
      Path file = folder.resolve(name);
      Rl.ok("export", run, "--to", file);
      String imported =
          Rl.ok("import", file, "--env", "CartPole-v1", "--episodes", 7, "--seed", 5, "--json");
      assertThat(Rl.number(imported, "meanReturn")).isEqualTo(Rl.number(json, "meanReturn"));
      assertThat(Rl.ok("import", file, "--env", "CartPole-v1", "--env", "max_episode_steps=3"))
          .contains(name + " on CartPole-v1: mean return 3.000");
      assertThat(Rl.run("import", file, "--env", "Pendulum-v1").err())
          .hasLineCount(1)
          .contains("does not fit Pendulum-v1");
    }
  }

  /** ONNX Runtime would, and overflows its stack where the command line is as long as this one. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void import_inAProcess_reportsNothingToMicrosoft() throws IOException, InterruptedException {
    Path run = train("q-learning", "FrozenLake-v1", "--steps", 100);
    Path file = folder.resolve("policy.onnx");
    Rl.ok("export", run, "--to", file);
    Path home = Files.createDirectory(folder.resolve("home"));
    List<String> env =
        List.of("env", "-u", "ORT_DISABLE_TELEMETRY", "-u", "XDG_CACHE_HOME", "HOME=" + home);
    Object[] words = {"import", file, "--env", "FrozenLake-v1", "--episodes", 2};
    RlProcess process = RlProcess.startIn(folder, env, words);
    assertThat(process.status()).as(process.output()).isZero();
    assertThat(home).isEmptyDirectory();
    assertThat(Path.of("/tmp", "mat-debug-" + process.pid() + ".log")).doesNotExist();
  }

  @Test
  void import_ofWhatIsNoPolicy_saysWhatIsWrong() throws IOException {
    Path file = folder.resolve("policy.onnx");
    Files.writeString(file, "What is this?");
    Rl rl = Rl.run("import", file, "--env", "CartPole-v1");
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err())
        .hasLineCount(1)
        .contains("policy.onnx: not an ONNX model that can be run here");
    assertThat(Rl.run("import", file).err()).contains("--env ID");
    assertThat(Rl.run("import", folder.resolve("none.onnx"), "--env", "CartPole-v1").err())
        .contains("there is no such file");
    assertThat(Rl.run("import", folder.resolve("none.zip"), "--env", "CartPole-v1").err())
        .hasLineCount(1)
        .contains("there is no such file");
  }

  @Test
  void export_ofATable_writesAModel() throws OrtException {
    try (OrtSession session = export(train("q-learning", "Taxi-v4", "--episodes", 5))) {
      assertThat(session.getInputInfo().get("observation").getInfo().toString())
          .contains("INT64", "shape=[-1]");
    }
  }

  @Test
  void export_ofWhatCantBeWritten_saysWhy() throws IOException {
    Path run = train("linear-sarsa", "MountainCar-v0", "--episodes", 1);
    for (String name : List.of("policy.zip", "policy.onnx")) {
      Rl rl = Rl.run("export", run, "--to", folder.resolve(name));
      assertThat(rl.status()).isEqualTo(2);
      assertThat(rl.err())
          .hasLineCount(1)
          .contains("linear-sarsa on MountainCar-v0 can't be written down", "q-learning");
      assertThat(folder.resolve(name)).doesNotExist();
    }
    assertThat(Rl.run("export", run, "--to", "policy.txt").err())
        .contains("--to FILE.zip or --to FILE.onnx, was 'policy.txt'");
    assertThat(Rl.run("export", run).err()).contains("--to FILE.zip or");
  }

  /**
   * Grids over observations, scaled actions, normalisers and flattening become part of the policy.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "q-learning CartPole-v1 --episodes 30",
        "q-learning Pendulum-v1 --wrap discretize-action --wrap"
            + " discretize:bins=5,multidiscrete=true --episodes 3",
        "dqn MountainCar-v0 --wrap discretize:bins=4,multidiscrete=true --set hidden=[16]"
            + " --steps 300",
        "dqn MountainCar-v0 --wrap tile-coded:tilings=3,tiles=4 --set hidden=[16] --steps 300",
        "dqn MountainCar-v0 --wrap tile-coded:tilings=3,tiles=4 --wrap flatten-observation --set"
            + " hidden=[16] --steps 300",
        "sac Pendulum-v1 --wrap rescale-action:low=-1,high=1.5 --set hidden=[16] --set"
            + " batch_size=16 --steps 200",
        "ppo Pendulum-v1 --wrap time-limit:max_episode_steps=50 --wrap normalize-observation --wrap"
            + " rescale-action --wrap scale-reward:factor=0.1 --steps 300",
      })
  void export_behindWrappers_takesThemIn(String words) {
    Path run = train((Object[]) words.split(" "));
    String env = words.split(" ", -1)[1];
    boolean chosen = words.contains("discretize-action");
    String json = Rl.ok("eval", run, "--episodes", 7, "--seed", 5, "--json");
    for (String name : List.of("policy.onnx", "policy.zip")) {
      Path file = folder.resolve(name);
      String printed = Rl.ok("export", run, "--to", file);
      List<Object> imported =
          new ArrayList<>(List.of("import", file, "--env", env, "--json", "--seed", 5));
      imported.addAll(List.of("--episodes", 7));
      if (chosen) {
        // A choice among actions can't be taken in, nor what is inside of it.
        assertThat(printed).contains("as the wrappers of the run give it: discretize-action:bins");
        imported.addAll(List.of("--wrap", "discretize-action"));
      } else {
        assertThat(printed).hasLineCount(1);
      }
      if (words.contains("time-limit")) {
        imported.addAll(List.of("--wrap", "time-limit:max_episode_steps=50"));
      }
      String judged = Rl.ok(imported.toArray());
      if (words.startsWith("q-learning") && name.endsWith(".onnx")) {
        continue; // of equal actions, a table as ONNX takes the first
      }
      assertThat(Rl.number(judged, "meanReturn"))
          .as(name)
          .isCloseTo(Rl.number(json, "meanReturn"), within(env.equals("Pendulum-v1") ? 1e-3 : 0));
    }
  }

  @Test
  void export_behindARepeatedAction_namesIt() {
    Path run = train("dqn", "CartPole-v1", "--wrap", "repeat-action:times=2", "--steps", 200);
    assertThat(Rl.ok("export", run, "--to", folder.resolve("policy.zip")))
        .contains("as the wrappers of the run give it: repeat-action:times=2");
  }

  /** What wrappers do that can't be written stays outside, and the file says so. */
  @Test
  void export_behindOtherWrappers_namesThem() {
    Path run = train("dqn", "CartPole-v1", "--wrap", "frame-stack:stack_size=2", "--steps", 200);
    String json = Rl.ok("eval", run, "--episodes", 7, "--seed", 5, "--json");
    String stack = "frame-stack:stack_size=2,padding=reset,last_axis=false";
    for (String name : List.of("policy.onnx", "policy.zip")) {
      Path file = folder.resolve(name);
      assertThat(Rl.ok("export", run, "--to", file)).contains("it takes Box([2, 4]", stack);
      String imported =
          Rl.ok(
              "import",
              file,
              "--env",
              "CartPole-v1",
              "--wrap",
              stack,
              "--episodes",
              7,
              "--seed",
              5,
              "--json");
      assertThat(Rl.number(imported, "meanReturn")).isEqualTo(Rl.number(json, "meanReturn"));
    }
    assertThat(Rl.run("import", folder.resolve("policy.zip"), "--env", "CartPole-v1").err())
        .hasLineCount(1)
        .contains("does not fit CartPole-v1", "it was trained behind wrappers: --wrap " + stack);
    assertThat(Policies.load(folder.resolve("policy.zip")).card())
        .contains("* `" + stack + "`", "the last ones, the oldest first");
  }

  /** A network makes one vector of a Dict by itself: the policy is for the task as it is. */
  @Test
  void export_behindFlattening_takesTheObservationsOfTheTask() {
    Path run = train("dqn", "DictTask-v1", "--wrap", "flatten-observation", "--steps", 300);
    String json = Rl.ok("eval", run, "--episodes", 7, "--seed", 5, "--json");
    for (String name : List.of("policy.onnx", "policy.zip")) {
      Path file = folder.resolve(name);
      assertThat(Rl.ok("export", run, "--to", file)).hasLineCount(1);
      String imported =
          Rl.ok("import", file, "--env", "DictTask-v1", "--episodes", 7, "--seed", 5, "--json");
      assertThat(Rl.number(imported, "meanReturn")).isEqualTo(Rl.number(json, "meanReturn"));
    }
  }

  @Test
  void import_ofActionsThatAreScaled_saysSo() throws IOException {
    Path run = train("ppo", "Pendulum-v1", "--wrap", "rescale-action", "--steps", 300);
    Path zip = folder.resolve("policy.zip");
    Rl.ok("export", run, "--to", zip);
    WritablePolicy unscaledPolicy = ((WrappedPolicy) Policies.load(zip).policy()).policy();
    EnvironmentSpec task =
        EnvironmentSpec.of(
            "Pendulum", unscaledPolicy.observationSpace(), unscaledPolicy.actionSpace());
    Path onnx = folder.resolve("bare.onnx");
    Files.write(
        onnx, OnnxExport.toBytes(new ShippedPolicy(task, unscaledPolicy, Map.of(), "# Card")));
    Rl unscaled = Rl.run("import", onnx, "--env", "Pendulum-v1", "--episodes", 3);
    assertThat(unscaled.status()).isEqualTo(0);
    assertThat(unscaled.err()).contains("all actions were in [-1, 1]", "--wrap rescale-action");
    Object[] words = {
      "import", onnx, "--env", "Pendulum-v1", "--wrap", "rescale-action", "--json", "--seed", 5
    };
    String json = Rl.ok("eval", run, "--episodes", 100, "--seed", 5, "--json");
    Rl scaled = Rl.run(words);
    assertThat(scaled.err()).isEmpty();
    assertThat(Rl.number(scaled.out(), "meanReturn"))
        .isCloseTo(Rl.number(json, "meanReturn"), within(1e-3));
  }

  /** A platform that ONNX Runtime has no library for. */
  @Test
  void import_withoutANativeLibrary_saysSoInOneLine() throws IOException, InterruptedException {
    Path run = train("dqn", "CartPole-v1", "--steps", 100);
    Path onnx = folder.resolve("policy.onnx");
    Rl.ok("export", run, "--to", onnx);
    try (RlProcess process =
        RlProcess.startIn(
            folder,
            List.of("env", "JDK_JAVA_OPTIONS=-Dos.arch=vax"),
            "import",
            onnx,
            "--env",
            "CartPole-v1")) {
      assertThat(process.status()).as(process.output()).isEqualTo(2);
      assertThat(process.output().lines().filter(line -> !line.startsWith("NOTE:")))
          .singleElement(STRING)
          .contains("ONNX models run over ONNX Runtime, which has no library for", "on vax");
    }
  }

  @Test
  void fileInThePlaceOfARun_isNamedByItsKind() throws IOException {
    Path file = folder.resolve("policy.onnx");
    Files.write(file, new byte[] {8, 8, 18, 0});
    assertThat(Rl.run("eval", file).err())
        .hasLineCount(1)
        .contains("policy.onnx is an ONNX model; ./rl import evaluates it");
    Path page = folder.resolve("mine.yaml");
    Files.writeString(page, "<!DOCTYPE html><html></html>");
    assertThat(Rl.run("train", page).err())
        .hasLineCount(1)
        .contains("mine.yaml is not a text of settings but an HTML page");
    Files.write(page, "learner: {id: dqn}".getBytes(StandardCharsets.UTF_16));
    assertThat(Rl.run("train", page).err()).hasLineCount(1).contains("a text in UTF-16");
    assertThat(Rl.run("train", "dqn", "CartPole-v1", "--from", page, "--steps", 10).err())
        .contains("a text in UTF-16");
  }

  @Test
  void fileInThePlaceOfATraceOrAListOfSeeds_isNamedByItsKind() throws IOException {
    Path run = folder.resolve("run");
    Rl.ok("train", "q-learning", "FrozenLake-v1", "--episodes", 2, "--quiet", "--out", run);
    Path pointer = folder.resolve("pointer");
    Files.writeString(pointer, "version https://git-lfs.github.com/spec/v1\n");
    assertThat(Rl.run("trace", "check", pointer).err())
        .hasLineCount(1)
        .contains("pointer is not a trace but a Git LFS pointer");
    assertThat(Rl.run("eval", run, "--seeds", pointer).err())
        .hasLineCount(1)
        .contains("pointer is not a list of seeds but a Git LFS pointer");
    Files.write(pointer, "\ufeff1 2".getBytes(StandardCharsets.UTF_8));
    assertThat(Rl.ok("eval", run, "--seeds", pointer, "--json"))
        .isEqualTo(Rl.ok("eval", run, "--seeds", "1,2", "--json"));
  }
}
