package org.bellmanrl.lab.internal.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.tune.Distribution;
import org.bellmanrl.tune.Sampler;
import org.bellmanrl.tune.SearchSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchSpaceTest {
  private static final Set<String> CONTINUOUS = Set.of("crossq", "ddpg", "sac", "td3", "tqc");

  private static final Registry REGISTRY =
      Registry.builder().discover(SearchSpaceTest.class.getClassLoader()).build();

  private final Assembler assembler = new Assembler(REGISTRY);
  private final SearchSpaces spaces = new SearchSpaces(assembler.entries());

  private SearchSpace space(String text) {
    return spaces.read(Document.parse("space.yaml", text));
  }

  static List<String> learners() {
    SearchSpaces spaces = new SearchSpaces(new Assembler(REGISTRY).entries());
    return REGISTRY.all(LearnerEntry.class).stream()
        .map(Entry::id)
        .filter(learner -> spaces.of(learner).isPresent())
        .toList();
  }

  static Stream<String> learnersWithNetworks() {
    return REGISTRY.all(LearnerEntry.class).stream()
        .filter(LearnerEntry::needsNetworks)
        .map(Entry::id);
  }

  @ParameterizedTest
  @MethodSource("learnersWithNetworks")
  void of_aLearnerWithNetworks_isThere(String learner) {
    assertThat(spaces.of(learner)).isPresent();
  }

  /** No file may be misnamed, for then nobody reads it. */
  @Test
  void files_areNamedAfterLearners() throws IOException, URISyntaxException {
    Path folder =
        Path.of(
            Objects.requireNonNull(
                    SearchSpaces.class.getResource("/META-INF/bellman/search-spaces"))
                .toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(learners());
    }
  }

  @Test
  void options_ofTd3AndDdpg_haveNoiseOfBothKinds() {
    for (String learner : List.of("td3", "ddpg")) {
      SearchSpace space = spaces.of(learner).orElseThrow();
      Map<String, Object> values =
          new HashMap<>(space.values(new double[space.parameters().size()]));
      Set<Object> noises = new HashSet<>();
      for (Object kind : ((Distribution.Choice) space.parameters().get("noise_kind")).values()) {
        values.put("noise_kind", kind);
        values.put("deviation", 0.2);
        noises.add(space.options(values).get("noise"));
      }
      assertThat(noises).containsExactlyInAnyOrder("normal:0.2", "ornstein-uhlenbeck:0.2");
    }
  }

  /** Names must be right, and of the values at most a few combinations may be refused. */
  @ParameterizedTest
  @MethodSource("learners")
  void space_thatComesWithTheRelease_fitsItsLearner(String learner) {
    SearchSpace space = spaces.of(learner).orElseThrow();
    Experiment base =
        new Resolver(assembler.entries(), new Presets())
            .resolve(
                TrainingRequest.of(
                    learner, CONTINUOUS.contains(learner) ? "Pendulum-v1" : "FrozenLake-v1"));
    List<String> names =
        assembler.entries().get(LearnerEntry.class, learner).options().descriptions().stream()
            .map(OptionSchema.Description::name)
            .toList();
    RandomStream random = RandomStream.ofSeed(0);
    Sampler sampler = Sampler.random(space);
    int taken = 0;
    for (int i = 0; i < 50; i++) {
      Map<String, Object> values = space.values(sampler.suggest(i, List.of(), List.of(), random));
      Map<String, Object> options = space.options(values);
      assertThat(names).containsAll(options.keySet());
      assertThat(space.values(space.point(values))).isEqualTo(values);
      try {
        Experiment changed = assembler.changed(base, options, "test");
        assertThat(changed.learner().options()).isNotEqualTo(base.learner().options());
        taken++;
      } catch (UserError e) {
        assertThat(e).hasMessageContaining("learning_starts");
      }
    }
    assertThat(taken).isGreaterThan(40);
  }

  @Test
  void options_withATemplate_fillsItsParametersIn() {
    SearchSpace space =
        space(
            """
            parameters: {rate: 'log:1e-4:1', last: 'uniform:0:1', gamma: [0.9]}
            options: {epsilon: 'linear:1:{last}:50%', clip: 5}
            """);
    assertThat(space.options(Map.of("rate", 0.1, "last", 0.25, "gamma", 0.9)))
        .isEqualTo(Map.of("rate", 0.1, "gamma", 0.9, "epsilon", "linear:1:0.25:50%", "clip", 5));
  }

  @Test
  void changed_ofATemplate_dropsWhatStoodInIt() {
    SearchSpace space =
        space(
            """
            parameters: {last: 'uniform:0:1', percent: 'uniform:1:100', gamma: [0.9]}
            options: {epsilon: 'linear:1:{last}:{percent}%'}
            """);
    assertThat(space.changed(space("options: {epsilon: 'linear:1:{last}:10%'}")).parameters())
        .containsOnlyKeys("last", "gamma");
    SearchSpace searched = space.changed(space("parameters: {epsilon: [0.1, 0.2]}"));
    assertThat(searched.parameters()).containsOnlyKeys("epsilon", "gamma");
    assertThat(searched.options()).isEmpty();
    assertThat(space.changed(space("options: {gamma: 0.5}")).parameters())
        .containsOnlyKeys("last", "percent");
  }

  @Test
  void without_anOption_dropsItsParameters() {
    SearchSpace space = spaces.of("dqn").orElseThrow();
    assertThat(space.without("exploration"::equals).parameters())
        .doesNotContainKeys("final_epsilon", "exploration_percent")
        .containsKey("gamma");
    assertThat(space.without("gamma"::equals).parameters())
        .doesNotContainKey("gamma")
        .containsKey("final_epsilon");
  }

  @Test
  void entries_areReadBack() {
    SearchSpace space = spaces.of("qr-dqn").orElseThrow();
    assertThat(space(Document.yaml(space.entries()))).isEqualTo(space);
    assertThat(space.parameters()).containsKeys("quantiles", "learning_rate");
  }

  @Test
  void of_anUnknownEntry_isRefused() {
    assertThatThrownBy(() -> space("parametrs: {}"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("unknown entry 'parametrs', did you mean 'parameters'?");
    assertThatThrownBy(() -> space("like: none-such"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("unknown learner 'none-such'");
    assertThatThrownBy(() -> space("like: ucb"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there is no search space for 'ucb'");
  }
}
