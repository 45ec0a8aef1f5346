package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.deep.dqn.DqnConfig;
import org.bellmanrl.deep.onpolicy.Ppo;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.bellmanrl.env.wrapper.NormalizeObservation;
import org.bellmanrl.lab.preset.Preset;
import org.bellmanrl.lab.preset.Presets;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Presets that a program takes without the command line. */
class PresetsInProgramsTest {
  private static final Presets PRESETS = Presets.discover();

  @TempDir Path folder;

  private static Preset preset(String learner, String environment) {
    return PRESETS.find(learner, environment).orElseThrow();
  }

  @Test
  void find_ppoOnCartPole_hasTheSettingsOfTheZoo() {
    Preset preset = preset("ppo", "CartPole-v1");

    assertThat(preset.source()).contains("RL Baselines3 Zoo");
    assertThat(preset.rows()).isEqualTo(8);
    assertThat(preset.budget()).isEqualTo(Budget.steps(100_000));
    assertThat(preset.evaluation().episodes()).isEqualTo(100);
    assertThat(preset.options()).containsEntry("gae_lambda", 0.8).containsEntry("n_epochs", 20);
    Ppo.Config config = preset.config(Ppo.Config.class);
    assertThat(config.gaeLambda()).isEqualTo(0.8);
    assertThat(config.learning().nSteps()).isEqualTo(32);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> preset.config(DqnConfig.class))
        .withMessage("the options of ppo are a Config, not a DqnConfig");
  }

  /** The command line and a program train the same learner, wrappers included. */
  @ParameterizedTest
  @CsvSource({"q-learning, CartPole-v1, 20000", "ppo, Pendulum-v1, 4096"})
  void trainer_ofAPreset_equalsTheCommand(String learner, String environment, long steps) {
    Path run = folder.resolve("run");
    Rl.ok("train", learner, environment, "--steps", steps, "--seed", 3, "--out", run);
    double commanded = Rl.number(Rl.ok("eval", run, "--episodes", 10, "--json"), "meanReturn");
    Preset preset = preset(learner, environment);
    VectorEnvironment environments = preset.environments();
    try (Trainer<?> trainer =
        Trainer.on(environments).seed(3).budget(Budget.steps(steps)).build(preset::learner)) {
      trainer.run();
      try (VectorEnvironment evaluated = preset.evaluated(environments)) {
        Evaluation result =
            Evaluation.of(
                evaluated, trainer.learner().policy(), Evaluation.Plan.episodes(10).withSeed(3));

        assertThat(result.meanReturn()).isEqualTo(commanded);
      }
    }
  }

  @Test
  void learner_ofAnotherTask_isRefused() {
    Preset preset = preset("q-learning", "CartPole-v1");
    CartPole unwrapped = new CartPole(CartPoleOptions.defaults());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trainer.on(unwrapped).build(preset::learner))
        .withMessageContaining("q-learning");
  }

  @Test
  void wrappers_areInTheOrderOfThePreset() {
    assertThat(preset("q-learning", "CartPole-v1").wrappers()).hasSize(1);
    assertThat(preset("ppo", "MountainCar-v0").wrappers().getFirst())
        .isInstanceOf(NormalizeObservation.class);
  }

  @Test
  void find_withOptions_takesThePresetForThem() {
    Map<String, ?> options = Map.of("map_name", "8x8");

    Preset preset = PRESETS.find("q-learning", "FrozenLake-v1", options).orElseThrow();

    assertThat(preset.config(ControlConfig.class).gamma()).isEqualTo(0.995);
    try (VectorEnvironment environments = preset.environments()) {
      assertThat(environments.spec().observationSpace()).hasToString("Discrete(64)");
    }
  }

  @Test
  void find_withoutAPreset_isEmpty() {
    assertThat(PRESETS.find("td-prediction", "Taxi-v4")).isEmpty();
  }

  @Test
  void find_unknownIdsAndOptions_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PRESETS.find("pppo", "CartPole-v1"))
        .withMessageContaining("did you mean 'ppo'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PRESETS.find("ppo", "CartPole-v9"))
        .withMessageContaining("CartPole-v1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PRESETS.find("ppo", "CartPole-v1", Map.of("depth", 1)))
        .withMessageContaining("depth");
  }

  private URLClassLoader loader(String learner, String environment, String text)
      throws IOException {
    Path file = folder.resolve("META-INF/bellman/presets/" + learner + "/" + environment + ".yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, PresetsInProgramsTest.class.getClassLoader());
  }

  @Test
  void find_presetOfALibrary_isTakenWhereThereIsNoneOfOurs() throws IOException {
    String text =
        """
        - source: "a library"
          options: {gamma: 0.75}
          budget: {episodes: 7}
          evaluation_episodes: 3
        """;
    try (URLClassLoader other = loader("sarsa", "DictTask-v1", text);
        URLClassLoader known = loader("q-learning", "FrozenLake-v1", text)) {
      Preset preset = Presets.discover(other).find("sarsa", "DictTask-v1").orElseThrow();
      Preset ours = Presets.discover(known).find("q-learning", "FrozenLake-v1").orElseThrow();

      assertThat(preset).hasToString("sarsa on DictTask-v1 (a library)");
      assertThat(preset.config(ControlConfig.class).gamma()).isEqualTo(0.75);
      assertThat(preset.budget()).isEqualTo(Budget.episodes(7));
      assertThat(ours.source()).isNotEqualTo("a library");
    }
  }

  @Test
  void find_presetLikeAnother_changesWhatItSays() throws IOException {
    String first =
        """
        - source: "a library"
          max_episode_steps: 9
          options: {gamma: 0.75, step_size: 0.25}
          budget: {episodes: 7}
          evaluation_episodes: 3
        """;
    String second =
        """
        - like: DictTask-v1
          options: {gamma: 0.5}
          budget: {steps: 8}
        """;
    try (URLClassLoader _ = loader("sarsa", "DictTask-v1", first);
        URLClassLoader loader = loader("sarsa", "TupleTask-v1", second)) {
      Preset preset = Presets.discover(loader).find("sarsa", "TupleTask-v1").orElseThrow();

      assertThat(preset).hasToString("sarsa on TupleTask-v1 (a library)");
      ControlConfig config = preset.config(ControlConfig.class);
      assertThat(config.gamma()).isEqualTo(0.5);
      assertThat(config.stepSize()).isEqualTo(Schedule.constant(0.25));
      assertThat(preset.budget()).isEqualTo(Budget.steps(8));
      try (VectorEnvironment environments = preset.environments()) {
        assertThat(environments.spec().maxEpisodeSteps()).isEqualTo(9);
      }
    }
  }

  @Test
  void find_presetLikeNoneOrItself_isRefused() throws IOException {
    try (URLClassLoader loader = loader("sarsa", "DictTask-v1", "- like: TupleTask-v1\n")) {
      Presets presets = Presets.discover(loader);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> presets.find("sarsa", "DictTask-v1"))
          .withMessageContaining(
              "a preset of sarsa on DictTask-v1 is like one on TupleTask-v1, and there is none");
      loader("sarsa", "TupleTask-v1", "- like: DictTask-v1\n").close();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> presets.find("sarsa", "DictTask-v1"))
          .withMessageContaining(
              "presets of sarsa are like each other: DictTask-v1, TupleTask-v1, DictTask-v1");
    }
  }

  @Test
  void find_malformedPreset_namesTheFile() throws IOException {
    try (URLClassLoader loader =
        loader("sarsa", "DictTask-v1", "- {source: '', options: {}, budget: {steps: 1}}")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Presets.discover(loader).find("sarsa", "DictTask-v1"))
          .withMessageContaining("presets/sarsa/DictTask-v1.yaml")
          .withMessageContaining("evaluation_episodes");
    }
    try (URLClassLoader loader =
        loader(
            "sarsa",
            "DictTask-v1",
            "- {source: '', options: {}, budget: {steps: 1}, evaluation_episodes: 1}")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Presets.discover(loader).find("sarsa", "DictTask-v1"))
          .withMessageContaining("must say in 'source' who found the settings");
    }
  }
}
