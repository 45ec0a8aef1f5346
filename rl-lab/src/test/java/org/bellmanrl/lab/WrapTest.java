package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrapTest {
  private static final String BINS = "discretize:low=-2,high=2,bins=[3,3,6,6]";

  @TempDir Path folder;

  private static Assembler assembler(WrapperEntry... more) {
    Registry registry =
        Registry.builder()
            .add(offers -> List.of(more).forEach(offers::add))
            .discover(WrapTest.class.getClassLoader())
            .build();
    return new Assembler(registry);
  }

  private Path trainedOnNormalized() {
    Path run = folder.resolve("run");
    Rl.ok(
        "train",
        "sarsa",
        "CartPole-v1",
        "--wrap",
        "normalize-observation:clip=5",
        "--wrap",
        BINS,
        "--episodes",
        300,
        "--quiet",
        "--out",
        run);
    return run;
  }

  @Test
  void eval_ofAWrappedRun_givesTheNumbersOfTraining() throws IOException {
    Path run = trainedOnNormalized();
    String summary = Files.readString(run.resolve("summary.json"));
    String json = Rl.ok("eval", run, "--json");
    for (String number : new String[] {"meanReturn", "stdReturn", "meanLength"}) {
      assertThat(Rl.number(json, number)).isEqualTo(Rl.number(summary, number));
    }
    assertThat(Rl.ok("eval", run, "--json")).isEqualTo(json);
  }

  @Test
  void restored_statisticsOfTraining_areThereAndStayFrozen() {
    StoredRun run = StoredRun.open(trainedOnNormalized());
    Assembler assembler = assembler();
    try (VectorEnvironment environment = assembler.judged(run.experiment())) {
      ObservationTransform transform =
          environment.capability(0, ObservationTransform.class).orElseThrow();
      byte[] beginning = BinaryState.toBytes(transform);
      Learner learner = assembler.restored(run, environment);
      byte[] learned = BinaryState.toBytes(transform);
      assertThat(learned).isNotEqualTo(beginning);
      Evaluation.of(environment, learner.policy(), Evaluation.Plan.episodes(20));
      assertThat(BinaryState.toBytes(transform)).isEqualTo(learned);
    }
  }

  @Test
  void train_onChangedRewards_isJudgedByTheTasksOwn() {
    Path run = folder.resolve("run");
    assertThat(
            Rl.ok(
                "train",
                "q-learning",
                "FrozenLake-v1",
                "--env",
                "is_slippery=false",
                "--wrap",
                "scale-reward:factor=10",
                "--wrap",
                "record-episode-statistics",
                "--out",
                run))
        .contains("wrapper      scale-reward factor=10", "mean return 1.000 ± 0.000")
        .contains("policy", "9.5");
    assertThat(Rl.ok("eval", run)).contains("mean return 1.000 ± 0.000");
    assertThat(Rl.ok("show", run)).contains("wrapper      scale-reward factor=10", "policy");
    assertThat(Rl.ok("play", run)).contains("return 1 in 6 steps");
  }

  @Test
  void runFile_holdsWrappersWithEveryOption() throws IOException {
    assertThat(Files.readString(trainedOnNormalized().resolve("run.yaml")))
        .containsSubsequence(
            "wrappers:",
            "id: normalize-observation",
            "clip: 5.0",
            "update: step",
            "id: discretize",
            "bins: [3, 3, 6, 6]");
  }

  @Test
  void remedyOfARefusal_worksAsTyped() {
    Rl refused = Rl.run("train", "monte-carlo", "CartPole-v1", "--out", folder.resolve("no"));
    assertThat(refused.status()).isEqualTo(2);
    Matcher typed = Pattern.compile("--wrap '([^']+)'").matcher(refused.err());
    assertThat(typed.find()).as(refused.err()).isTrue();
    assertThat(folder.resolve("no")).doesNotExist();
    assertThat(
            Rl.ok(
                "train",
                "monte-carlo",
                "CartPole-v1",
                "--wrap",
                typed.group(1),
                "--episodes",
                20,
                "--quiet",
                "--out",
                folder.resolve("yes")))
        .contains("monte-carlo on CartPole-v1");
    Rl bounded = Rl.run("train", "monte-carlo", "MountainCar-v0", "--out", folder.resolve("no"));
    assertThat(bounded.err().strip())
        .contains(
            "; for example --wrap discretize, which makes 100 states; ./rl learners MountainCar");
  }

  @Test
  void wrappers_listsWhatTheyTakeAndGiveWithOptions() {
    assertThat(Rl.ok("wrappers"))
        .contains("normalize-observation", "time-limit", "max_episode_steps=1000", "--wrap");
    assertThat(Rl.ok("wrappers", "discretize"))
        .contains("takes: real observations", "gives: the number of the bin", "bins=[10]")
        .doesNotContain("normalize");
    assertThat(Rl.run("wrappers", "discretise").err()).contains("discretize");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "discretise | discretize",
        "discretize:bin=3 | bins",
        "discretize:bins=0 | bins[0] must be at least 1, was 0",
        "discretize:bins=x | bins",
        "discretize | needs finite bounds with low < high, but element 1",
        "grayscale | grayscale takes observations in",
        "discretize:bins=3,4 | lists need brackets",
        "frame-stack:stack_size=2000000000 | frame-stack: what its options ask for is too large",
        "no-op-start:noop_max=2000000000 | noop_max must be in [1, 1000000], was 2000000000",
        "none | the wrapper 'discretize' turns real numbers into bins; for example --wrap '",
      })
  void train_wrappedWrongly_saysWhatToDoInALine(String wrapper, String expected) {
    Path run = folder.resolve("run");
    Rl rl = Rl.run("train", "q-learning", "CartPole-v1", "--wrap", wrapper, "--out", run);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).hasLineCount(1).contains(expected);
    assertThat(run).doesNotExist();
  }

  /** A wrapper that says nothing of how to judge what was learned inside of it. */
  private static final class Foreign implements Wrapper {
    private final List<VectorEnvironment> wrapped = new ArrayList<>();

    @Override
    public VectorEnvironment wrap(VectorEnvironment inner) {
      wrapped.add(inner);
      return inner;
    }

    WrapperEntry entry() {
      return WrapperEntry.of(
          "acme/foreign", "for this test", FrozenLakeOptions::defaults, options -> this);
    }
  }

  private Path trained(String name, Object... more) {
    Path run = folder.resolve(name);
    List<Object> words =
        new ArrayList<>(
            List.of("train", "a2c", "Pendulum-v1", "--steps", 400, "--quiet", "--out", run));
    words.addAll(List.of(more));
    Rl.ok(words.toArray());
    return run;
  }

  @Test
  void from_wrappersThatRememberRows_areInheritedWithoutTheirMemory() {
    Object[] three = {"--envs", 3, "--wrap", "normalize-observation", "--wrap", "frame-stack"};
    Path first = trained("first", three);
    Path second = folder.resolve("second");
    String out =
        Rl.ok(
            "train",
            "a2c",
            "Pendulum-v1",
            "--steps",
            400,
            "--from",
            first,
            "--out",
            second,
            "--envs",
            3,
            "--wrap",
            "normalize-observation",
            "--wrap",
            "frame-stack");
    assertThat(out).contains("saved in " + second);
  }

  @Test
  void from_otherWrappersOrRows_isRefusedWithWhatToGive() {
    Path first = trained("first", "--envs", 3, "--wrap", "normalize-observation");
    Rl bare = Rl.run("train", "a2c", "Pendulum-v1", "--envs", 3, "--from", first, "--wrap", "none");
    assertThat(bare.status()).isEqualTo(2);
    assertThat(bare.err())
        .contains("was trained with the wrappers normalize-observation{", "has no wrappers");
    Rl fewer =
        Rl.run(
            "train",
            "a2c",
            "Pendulum-v1",
            "--envs",
            2,
            "--from",
            first,
            "--wrap",
            "normalize-observation");
    assertThat(fewer.status()).isEqualTo(2);
    assertThat(fewer.err()).contains("with --envs 3", "has 2: give --envs 3");
  }

  @Test
  void judged_wrapperThatDoesntSayHow_goesAroundAnew() {
    Foreign foreign = new Foreign();
    Assembler assembler = assembler(foreign.entry());
    TrainingRequest request =
        TrainingRequest.of("q-learning", "FrozenLake-v1")
            .withWrappers(List.of(new Experiment.Part("acme/foreign", Map.of())));
    Experiment experiment = new Resolver(assembler.entries(), new Presets()).resolve(request);
    foreign.wrapped.clear();
    VectorEnvironment trained = assembler.environment(experiment);
    VectorEnvironment judged = assembler.judged(experiment, trained);
    assertThat(foreign.wrapped).hasSize(2).doesNotHaveDuplicates();
    assertThat(judged.spec()).isEqualTo(trained.spec());
  }

  @Test
  void train_wrappedInTheWrongOrder_isRefusedByTheOuterOne() {
    Rl rl =
        Rl.run(
            "train",
            "q-learning",
            "MountainCar-v0",
            "--wrap",
            "discretize",
            "--wrap",
            "normalize-observation",
            "--out",
            folder.resolve("run"));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err())
        .hasLineCount(1)
        .contains("normalize-observation takes observations in a Box");
  }
}
