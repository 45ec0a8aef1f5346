package org.bellmanrl.gymnasium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.gymnasium.internal.Python;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Environments in Python, seen from Java. */
@RequiresGymnasium
class GymnasiumTest {
  private static final int EPISODES = 4;

  private static final Path SCRIPTS = Path.of("src", "test", "resources", "python");
  private static final GymnasiumOptions OWN =
      GymnasiumOptions.defaults().withModule(SCRIPTS.resolve("bellman_test_envs.py").toString());

  private static GymnasiumEnvironment counting(String fails, int at) {
    return new GymnasiumEnvironment("Counting", OWN.with("fails", fails).with("at", (long) at));
  }

  /** Gymnasium itself, in its own process, steps the same from the same seeds. */
  @ParameterizedTest
  @ValueSource(
      strings = {"CartPole-v1", "FrozenLake-v1", "Blackjack-v1", "Pendulum-v1", "MountainCar-v0"})
  void step_sameSeedsAndActions_sameAsGymnasium(String name) throws Exception {
    int steps = 450;
    RandomStream stream = RandomStream.ofSeed(5);
    List<String> command =
        new ArrayList<>(
            List.of(
                Python.ofProcess().command(),
                SCRIPTS.resolve("record.py").toString(),
                name,
                Integer.toString(steps)));
    for (int episode = 0; episode < steps; episode++) {
      command.add(Integer.toString(stream.integers(Integer.MAX_VALUE)));
    }
    Process gymnasium = new ProcessBuilder(command).redirectErrorStream(true).start();
    int rows = 0;
    try (BufferedReader lines = gymnasium.inputReader(StandardCharsets.UTF_8);
        Simulation simulation =
            new Simulation(new GymnasiumEnvironment(name, GymnasiumOptions.defaults()))) {
      simulation.random().reseed(5);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(";", -1);
        if (parts[0].equals("reset")) {
          simulation.reset();
        } else {
          act(simulation, numbers(parts[0]));
          assertThat(simulation.reward()).as(line).isEqualTo(Double.parseDouble(parts[2]));
          assertThat(simulation.terminated()).as(line).isEqualTo(parts[3].equals("True"));
          assertThat(simulation.truncated()).as(line).isEqualTo(parts[4].equals("True"));
        }
        assertThat(seen(simulation)).as(line).isEqualTo(numbers(parts[1]));
        rows++;
      }
    }
    assertThat(gymnasium.waitFor()).isZero();
    assertThat(rows).isGreaterThan(steps);
  }

  private static void act(Simulation simulation, double[] action) {
    if (simulation.spec().actionSpace() instanceof Discrete) {
      simulation.step((int) action[0]);
    } else {
      simulation.step((float) action[0]);
    }
  }

  private static double[] seen(Simulation simulation) {
    Columns values = simulation.observations().values();
    return simulation.spec().observationSpace() instanceof Box
        ? numbers(values.floats())
        : Arrays.stream(values.ints()).asDoubleStream().toArray();
  }

  private static double[] numbers(float[] values) {
    double[] numbers = new double[values.length];
    Arrays.setAll(numbers, i -> values[i]);
    return numbers;
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /** An environment inside of this process; skipped where Python has no shared library. */
  private static GymnasiumEnvironment embedded(String name, GymnasiumOptions options) {
    try {
      return new GymnasiumEnvironment(name, options.embedded());
    } catch (UnavailableException e) {
      Assumptions.assumeFalse(e.getMessage().contains("no shared library"), e.getMessage());
      throw e;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CartPole-v1", "FrozenLake-v1", "Pendulum-v1"})
  void embedded_takesTheStepsOfAProcess(String name) {
    GymnasiumOptions options = GymnasiumOptions.defaults();
    try (Simulation inside = new Simulation(embedded(name, options));
        Simulation outside = new Simulation(new GymnasiumEnvironment(name, options))) {
      RandomStream actions = RandomStream.ofSeed(1);
      RandomStream same = RandomStream.ofSeed(1);
      inside.reset();
      outside.reset();
      for (int step = 0; step < 300; step++) {
        assertThat(seen(inside)).isEqualTo(seen(outside));
        inside.stepSampled(actions);
        outside.stepSampled(same);
        assertThat(inside.reward()).isEqualTo(outside.reward());
        assertThat(inside.ended()).isEqualTo(outside.ended());
        if (inside.ended()) {
          inside.reset();
          outside.reset();
        }
      }
      assertThat(inside.environment().capability(0, PictureView.class)).isPresent();
    }
  }

  @Test
  void embedded_fromSeveralThreads_works() throws Exception {
    try (Simulation simulation =
        new Simulation(embedded("CartPole-v1", GymnasiumOptions.defaults()))) {
      for (Thread.Builder builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
        CompletableFuture<Float> angle = new CompletableFuture<>();
        builder.start(() -> {
          simulation.reset();
          simulation.step(1);
          angle.complete(simulation.observation().get(2));
        });
        assertThat(angle.get(1, TimeUnit.MINUTES)).isBetween(-0.2f, 0.2f);
      }
    }
  }

  @Test
  void embedded_thatFails_saysWhereAndWhy() {
    try (Simulation simulation =
        new Simulation(embedded("Counting", OWN.with("fails", "raise").with("at", 3L)))) {
      simulation.reset();
      simulation.step(0);
      simulation.step(0);
      assertThatThrownBy(() -> simulation.step(0))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("raised an exception in row 0, at step 3")
          .hasMessageContaining("bellman_test_envs.py");
    }
    assertThatThrownBy(() -> embedded("Missing-v0", GymnasiumOptions.defaults()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GymnasiumOptions.defaults().embedded().withWorkers(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in_process");
  }

  @Test
  void numbers_inTheInfo_areDiagnostics() {
    EnvironmentSpec spec;
    try (VectorEnvironment environments = GymnasiumEnvironments.create("Lives", OWN, 3)) {
      spec = environments.spec();
      assertThat(spec.diagnostics()).containsExactly("half", "lives");
      Outcomes outcomes = new Outcomes(spec, 3);
      Rows all = Rows.all(3);
      RandomStreams random = RandomStreams.ofSeeds(0, 1, 2);
      environments.reset(all, random, outcomes.observations());
      for (int step = 1; step <= 12; step++) {
        outcomes.clear(all);
        environments.step(all, new Columns(spec.actionSpace(), 3), random, outcomes);
        double lives = 3 - step / 4;
        assertThat(outcomes.diagnostics()).containsExactly(0, lives, 0, lives, 0, lives);
      }
      assertThat(outcomes.terminated()).containsOnly(true);
    }
    try (Simulation simulation = new Simulation(new GymnasiumEnvironment("Lives", OWN))) {
      simulation.reset();
      simulation.step(0);
      assertThat(simulation.diagnostic("lives")).isEqualTo(3);
    }
  }

  @Test
  void spaces_ofAllKinds_areConverted() {
    try (Simulation simulation =
        new Simulation(new GymnasiumEnvironment("Spaces", OWN.with("scale", 2.0)))) {
      EnvironmentSpec spec = simulation.spec();
      assertThat(spec.observationSpace().toString())
          .contains(
              "double=Box([2, 2], -1.0, 2.0, float32)",
              "flag=Box([2], 0.0, 1.0, uint8)",
              "Discrete(5, start=-2)",
              "bits=MultiBinary(4)",
              "bytes=Box([2, 3], 0.0, 255.0, uint8)",
              "multi=MultiDiscrete[3, 4], starts=[10, 20]",
              "number=Box([1], -1.0, 1.0, float32)",
              "whole=Box([2], -7.0, 7.0, float32)");
      assertThat(spec.actionSpace().toString())
          .isEqualTo(
              "Tuple[Discrete(4, start=3), Box([2], -1.0, 1.0, float32), Box([1], -5.0, 5.0,"
                  + " float32), MultiDiscrete[2, 3], starts=[5, 6], MultiBinary(3)]");
      simulation.reset(3);
      Columns actions = simulation.actions();
      // The elements of one type lie side by side: Discrete, then the two of MultiDiscrete.
      System.arraycopy(new int[] {5, 6, 8}, 0, actions.ints(), 0, 3);
      System.arraycopy(new float[] {0.25f, -0.5f, -2.4f}, 0, actions.floats(), 0, 3);
      System.arraycopy(new byte[] {0, 1, 1}, 0, actions.bytes(), 0, 3);

      simulation.stepWritten();

      // Python adds what it was given: 5 + 2 · 0.25 + 10 · round(−2.4) + 100 · (2 + 6) + 1000 · 1.
      assertThat(simulation.reward()).isEqualTo(5 + 0.5 - 20 + 800 + 1000);
      Columns seen = simulation.observations().values();
      Layout layout = seen.layout();
      assertThat(seen.ints()).containsExactly(0, 11, 23);
      int whole = layout.leaves().get(layout.leaf("whole")).offset();
      int doubles = layout.leaves().get(layout.leaf("double")).offset();
      assertThat(seen.floats()[whole]).isEqualTo(-7);
      assertThat(seen.floats()[whole + 1]).isEqualTo(1);
      assertThat(seen.floats()[doubles]).isEqualTo(-0.5f);
      assertThat(seen.floats()[doubles + 1]).isEqualTo(0.1f);
      assertThat(seen.bytes())
          .containsExactly(
              1,
              0,
              0,
              1,
              1,
              0,
              (byte) 249,
              (byte) 250,
              (byte) 251,
              (byte) 252,
              (byte) 253,
              (byte) 254);
    }
  }

  @Test
  void picture_ofAFrame_meanOfItsPixels() {
    try (GymnasiumEnvironment environment = new GymnasiumEnvironment("Spaces", OWN)) {
      PictureView picture = environment.capability(PictureView.class).orElseThrow();
      int[] argb = new int[4];

      picture.draw(argb, 4, 1);

      assertThat(picture.aspect()).isCloseTo(2, within(1e-9));
      assertThat(argb).containsExactly(0xFF000000, 0xFF000000, 0xFFFF8000, 0xFFFF8000);
    }
  }

  @Test
  void mask_inTheInfo_reachesTheColumns() {
    try (Simulation simulation = new Simulation(new GymnasiumEnvironment("Masked", OWN))) {
      simulation.reset(0);
      for (int step = 0; step < 10; step++) {
        for (int action = 0; action < 3; action++) {
          assertThat(simulation.observations().allows(0, action)).isEqualTo(action == step % 3);
        }
        simulation.step(1 + step % 3);
      }
      assertThat(simulation.truncated()).isTrue();
      assertThat(simulation.observation().discrete()).isEqualTo(10);
    }
  }

  @Test
  void seededOnce_onlyTheFirstEpisodeHasASeed_andAllCanBeRepeated() {
    GymnasiumOptions once = GymnasiumOptions.defaults().seededOnce();
    List<List<Float>> seeded = firstObservations(GymnasiumOptions.defaults());
    List<List<Float>> seededOnce = firstObservations(once);

    assertThat(firstObservations(once)).isEqualTo(seededOnce).doesNotHaveDuplicates();
    assertThat(seededOnce.getFirst()).isEqualTo(seeded.getFirst());
    assertThat(seededOnce.subList(1, EPISODES)).doesNotContainAnyElementsOf(seeded);
    assertThatThrownBy(once::replayable)
        .hasMessage(
            "deterministic=true needs seed_episodes=true: an episode is replayed from its seed");
  }

  private static List<List<Float>> firstObservations(GymnasiumOptions options) {
    List<List<Float>> first = new ArrayList<>();
    try (Simulation simulation = new Simulation(new GymnasiumEnvironment("CartPole-v1", options))) {
      for (int episode = 0; episode < EPISODES; episode++) {
        if (episode == 0) {
          simulation.reset(8);
        } else {
          simulation.reset();
        }
        List<Float> numbers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          numbers.add(simulation.observation().get(i));
        }
        first.add(numbers);
        simulation.step(0);
      }
    }
    return first;
  }

  @Test
  void restore_deterministicEpisode_isPlayedAgain() {
    GymnasiumOptions options = GymnasiumOptions.defaults().replayable();
    try (Simulation first = new Simulation(new GymnasiumEnvironment("FrozenLake-v1", options));
        Simulation second = new Simulation(new GymnasiumEnvironment("FrozenLake-v1", options))) {
      first.reset(8);
      first.step(0);
      first.step(3);
      BinaryState.fromBytes(BinaryState.toBytes(first), second);

      for (int step = 0; step < 20; step++) {
        assertThat(second.observation().discrete()).isEqualTo(first.observation().discrete());
        assertThat(second.ended()).isEqualTo(first.ended());
        if (first.ended()) {
          first.reset();
          second.reset();
        } else {
          first.step(step % 4);
          second.step(step % 4);
        }
      }
      assertThat(first.spec().resumable()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "raise; raised an exception in row 0, at step 3, in the episode that began with reset(seed=",
        "raise; ValueError: three is too many",
        "exit; died in row 0, at step 3",
        "exit; of its own accord with status 7",
        "segfault; of signal 11",
        "segfault; in fail",
        "shape; TypeError",
        "outside; shows an observation outside its space Discrete(1000000)",
      })
  void step_workerFails_messageSaysWhereAndWhy(String fails, String message) {
    try (GymnasiumEnvironment environment = counting(fails, 3)) {
      assertFails(environment, message);
    }
  }

  private static void assertFails(GymnasiumEnvironment environment, String message) {
    Simulation simulation = new Simulation(environment);
    simulation.reset(0);
    simulation.step(0);
    simulation.step(0);

    assertThatThrownBy(() -> simulation.step(0))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("gym/")
        .hasMessageContaining(message);
  }

  @Test
  void step_workerHangs_isEndedAndSaysWhere() {
    try (GymnasiumEnvironment environment =
        new GymnasiumEnvironment(
            "Counting", OWN.with("fails", "hang").with("at", 1L).withTimeout(5))) {
      Simulation simulation = new Simulation(environment);
      simulation.reset(0);

      assertThatThrownBy(() -> simulation.step(0))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("did not answer within 5.0 seconds in row 0, at step 1")
          .hasMessageContaining("in fail");
      assertThatThrownBy(() -> simulation.reset(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has failed before");
    }
  }

  @Test
  void step_memoryCutShort_isToldNotFatal() {
    try (GymnasiumEnvironment environment =
        new GymnasiumEnvironment("Truncating", OWN.with("at", 3L))) {
      assertFails(environment, "in row 0, at step");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CartPole-v9; It provides versioned environments",
        "Nonsense-v0; doesn't exist",
        "Told; words is of the space Text",
        "nowhere:Thing-v0; there is no Python module nowhere",
      })
  void create_whatCannotBe_isRefusedByName(String name, String message) {
    GymnasiumOptions options = name.contains(":") ? GymnasiumOptions.defaults() : OWN;

    assertThatThrownBy(() -> new GymnasiumEnvironment(name, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("gym/" + name + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void create_exceptionInTheConstructor_hasTheTraceback() {
    assertThatThrownBy(() -> counting("init", 0))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("when it was made")
        .hasMessageContaining("bellman_test_envs.py")
        .hasMessageContaining("RuntimeError: it can't be made");
  }

  /** A worker in the middle of a step of a minute notices as well. */
  @Test
  void killedJvm_leavesNoPython() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(
                    java.io.File.pathSeparator,
                    location(GymnasiumEnvironment.class),
                    location(Simulation.class),
                    Path.of("target", "test-classes").toString()),
                Stepping.class.getName(),
                OWN.module())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<ProcessHandle> workers;
    try (BufferedReader out = jvm.inputReader(StandardCharsets.UTF_8)) {
      workers =
          Arrays.stream(out.readLine().split(" ", -1))
              .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
              .toList();
    } finally {
      jvm.destroyForcibly().waitFor();
    }

    assertThat(workers).hasSize(2);
    for (ProcessHandle worker : workers) {
      assertThat(CompletableFuture.anyOf(worker.onExit()).orTimeout(60, TimeUnit.SECONDS))
          .succeedsWithin(Duration.ofSeconds(60));
    }
  }

  private static String location(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** A program that is killed while its workers step. */
  static final class Stepping {
    private Stepping() {}

    /** Begins a step that takes long. */
    public static void main(String[] arguments) throws IOException {
      VectorEnvironment environment =
          GymnasiumEnvironments.create(
              "Counting",
              GymnasiumOptions.defaults()
                  .withModule(arguments[0])
                  .withWorkers(2)
                  .with("row_pause", 60.0),
              2);
      StringBuilder pids = new StringBuilder();
      ProcessHandle.current()
          .children()
          .forEach(child -> pids.append(pids.isEmpty() ? "" : " ").append(child.pid()));
      EnvironmentSpec spec = environment.spec();
      RandomStreams random = RandomStreams.ofSeeds(0, 1);
      environment.reset(Rows.all(2), random, new Observations(spec, 2));
      System.out.println(pids);
      environment.step(
          Rows.all(2), new Columns(spec.actionSpace(), 2), random, new Outcomes(spec, 2));
    }
  }
}
