package org.bellmanrl.lab.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.Test;

class ExperimentTest {
  private static final List<Double> SHARED = List.of();

  private static Experiment experiment() {
    Map<String, Object> options = new HashMap<>();
    options.put("text", "no: \"quotes\" # 'here'\n");
    options.put("yes", "yes");
    options.put("number as text", "1e-3");
    options.put("none", null);
    options.put("list", List.of("SF", "0", true, 1.5, 3));
    options.put("truth", false);
    options.put("small", 1e-300);
    options.put("whole", 1.0);
    options.put("long", Long.MAX_VALUE);
    return new Experiment(
        new Experiment.Part("q-learning", options),
        new Experiment.Part("acme/Task-v1", Map.of()),
        16,
        new Stepping(4, true, 0),
        List.of(
            new Experiment.Part("inner", Map.of("list", List.of(1, 2.5))),
            new Experiment.Part("same", Map.of("low", SHARED, "high", SHARED)),
            new Experiment.Part("acme/outer", Map.of())),
        0,
        Long.MAX_VALUE,
        Budget.steps(12),
        Budget.episodes(7),
        new Evaluation.Plan(2, 5, List.of(7L, 8L), 99),
        new TrialPlan(1000, 3, 195.5, 4),
        List.of(
            new Experiment.Part("acme/logger", Map.of("every", 5)),
            new Experiment.Part("acme/stopper", Map.of())),
        "runs/before",
        "somebody's: \"settings\"");
  }

  @Test
  void yaml_readsBackToTheSameExperiment() {
    String yaml = Document.yaml(experiment().entries());
    assertThat(Experiment.of(Document.parse("run.yaml", yaml))).isEqualTo(experiment());
  }

  @Test
  void of_withoutWrappersAndRows_readsAsNoneAndOne() {
    Map<String, Object> entries = new HashMap<>(experiment().entries());
    entries.remove("wrappers");
    entries.remove("environments");
    Experiment experiment = Experiment.of(Document.parse("run.yaml", Document.yaml(entries)));
    assertThat(experiment.wrappers()).isEmpty();
    assertThat(experiment.rows()).isEqualTo(1);
    assertThat(experiment.environment()).isEqualTo(experiment().environment());
  }

  @Test
  void of_withAWrapperWrong_namesIt() {
    Map<String, Object> entries = new HashMap<>(experiment().entries());
    entries.put("wrappers", List.of(Map.of("id", "inner"), Map.of("id", "x", "option", 1)));
    String yaml = Document.yaml(entries);
    assertThatThrownBy(() -> Experiment.of(Document.parse("run.yaml", yaml)))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "run.yaml: unknown entry 'wrappers\\[1].option', did you mean 'options'\\?"
                + " \\(line [0-9]+, column [0-9]+\\)");
  }

  @Test
  void of_withAnEntryMissingOrWrong_namesIt() {
    Map<String, Object> entries = new HashMap<>(experiment().entries());
    entries.put("seed", -1);
    String wrong = Document.yaml(entries);
    assertThatThrownBy(() -> Experiment.of(Document.parse("run.yaml", wrong)))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "run.yaml: 'seed' must be a whole number of at least 0, was -1"
                + " \\(line [0-9]+, column 7\\)");
    entries.remove("seed");
    String missing = Document.yaml(entries);
    assertThatThrownBy(() -> Experiment.of(Document.parse("run.yaml", missing)))
        .hasMessage("run.yaml: entry 'seed' is missing");
  }

  @Test
  void parse_ofOtherThingsThanAMapping_isRefused() {
    for (String text :
        List.of("", "- 1", "a: [", "a: &x [*x]", "a: !!java.net.URL [x]", "\u0000")) {
      assertThatThrownBy(() -> Document.parse("run.yaml", text))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("run.yaml: ");
    }
  }
}
