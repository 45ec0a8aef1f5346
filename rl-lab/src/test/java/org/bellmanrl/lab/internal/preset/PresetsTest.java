package org.bellmanrl.lab.internal.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.env.wrapper.ClipReward;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.run.Experiment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

class PresetsTest {
  private static final Presets PRESETS = new Presets();
  private static final Assembler ASSEMBLER =
      new Assembler(Registry.builder().discover(PresetsTest.class.getClassLoader()).build());

  /** The learners that were made, with the spaces that they were made for. */
  private static final Set<List<Object>> MADE = new HashSet<>();

  /** Every file for an environment: the learner and the environment that it is for. */
  static List<String> files() throws URISyntaxException {
    Path root =
        Path.of(Objects.requireNonNull(Presets.class.getResource("presets/sarsa")).toURI())
            .getParent();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.getFileName().toString().equals(Presets.ANY + ".yaml"))
          .map(file -> root.relativize(file).toString().replace(".yaml", "").replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void preset_resolvesForItsLearnerAndEnvironment(String file) {
    try {
      resolve(file.substring(0, file.indexOf('/')), file.substring(file.indexOf('/') + 1));
    } catch (UnavailableException e) {
      // A native library that is not part of the build is not installed here.
      throw new TestAbortedException(e.getMessage(), e);
    }
  }

  private void resolve(String learner, String environment) {
    List<Preset> all = PRESETS.of(learner, environment);
    assertThat(all).isNotEmpty();
    for (Preset preset : all) {
      Map<String, Object> task = new HashMap<>();
      preset.when().forEach((name, value) -> task.put(name, String.valueOf(value)));
      Experiment experiment =
          new Resolver(ASSEMBLER.entries(), PRESETS)
              .resolve(
                  TrainingRequest.of(learner, environment)
                      .withEnvironmentOptions(task)
                      .withWrappers(preset.wrapped().isEmpty() ? null : preset.wrapped())
                      .withSeed(3));
      assertThat(experiment.preset()).isEqualTo(preset.source()).isNotBlank();
      assertThat(experiment.budget()).isEqualTo(preset.budget());
      assertThat(experiment.learner().id()).isEqualTo(learner);
      assertThat(experiment.wrappers()).hasSize(preset.wrapped().size() + preset.wrappers().size());
      try (VectorEnvironment wrapped = ASSEMBLER.environment(experiment)) {
        EnvironmentSpec spec = wrapped.spec();
        // Large networks take seconds to make: once is enough of each.
        if (MADE.add(List.of(experiment.learner(), spec.observationSpace(), spec.actionSpace()))) {
          assertThat(ASSEMBLER.beginner(experiment, wrapped)).isNotNull();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "is_slippery=true | 0.99",
        "is_slippery=false | 0.95",
        "map_name=8x8 | 0.995",
        "map_name=8x8,is_slippery=false | 0.95",
      })
  void resolve_takesTheMostSpecificPreset(String options, double gamma) {
    Map<String, Object> task = new HashMap<>();
    for (String option : options.strip().split(",", -1)) {
      String[] parts = option.split("=", 2);
      task.put(parts[0], parts[1]);
    }
    Experiment experiment =
        new Resolver(ASSEMBLER.entries(), PRESETS)
            .resolve(
                TrainingRequest.of("q-learning", "FrozenLake-v1").withEnvironmentOptions(task));
    assertThat(experiment.learner().options()).containsEntry("gamma", gamma);
  }

  @Test
  void resolve_wrappersSaid_takeThePlaceOfThePresets() {
    TrainingRequest request =
        TrainingRequest.of("q-learning", "CartPole-v1")
            .withWrappers(
                List.of(new Experiment.Part("time-limit", Map.of("max-episode-steps", "7"))));
    assertThat(new Resolver(ASSEMBLER.entries(), PRESETS).resolve(request).wrappers())
        .containsExactly(new Experiment.Part("time-limit", Map.of("max_episode_steps", 7)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,3 | [lstm 64, 64] | [hide, normalize-observation, normalize-reward]",
        "1   | [64, 64]      | [hide]",
        "3,1 | [64, 64]      | [hide]",
      })
  void resolve_presetForWrappers_isTakenBehindTheseAlone_andAddsItsOwn(
      String components, String hidden, String wrappers) {
    Map<String, Object> options = Map.of("components", components);
    TrainingRequest request =
        TrainingRequest.of("ppo", "CartPole-v1")
            .withWrappers(List.of(new Experiment.Part("hide", options)));
    Experiment experiment = new Resolver(ASSEMBLER.entries(), PRESETS).resolve(request);

    assertThat(experiment.learner().options().get("hidden")).hasToString(hidden);
    assertThat(experiment.wrappers().stream().map(Experiment.Part::id).toList())
        .hasToString(wrappers);
  }

  @ParameterizedTest
  @CsvSource({
    "stream-q,Acrobot-v1,2",
    "stream-ac,MountainCarContinuous-v0,2",
    "stream-q,FrozenLake-v1,0",
    "stream-ac,MinAtar/Breakout-v1,0"
  })
  void resolve_presetForAnyEnvironment_isTakenWhereObservationsAreVectors(
      String learner, String environment, int wrappers) {
    Experiment experiment =
        new Resolver(ASSEMBLER.entries(), PRESETS)
            .resolve(TrainingRequest.of(learner, environment));
    assertThat(experiment.wrappers()).hasSize(wrappers);
    assertThat(experiment.preset().isEmpty()).isEqualTo(wrappers == 0);
    if (wrappers > 0) {
      try (VectorEnvironment wrapped = ASSEMBLER.environment(experiment)) {
        assertThat(ASSEMBLER.beginner(experiment, wrapped)).isNotNull();
      }
    }
  }

  @Test
  void resolve_withoutAPreset_takesTheDefaults() {
    Experiment experiment =
        new Resolver(ASSEMBLER.entries(), PRESETS)
            .resolve(TrainingRequest.of("td-prediction", "Taxi-v4"));
    assertThat(experiment.preset()).isEmpty();
    assertThat(experiment.maxEpisodeSteps()).isEqualTo(200);
  }

  @Test
  void fileForAnyEnvironment_isCalledAsNoEnvironmentCanBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Registry.builder()
                .add(offers -> offers.add(WrapperEntry.of(Presets.ANY, "clips", ClipReward::new)))
                .build())
        .withMessageContainingAll("an id must be", "'" + Presets.ANY + "'");
  }
}
