package org.bellmanrl.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.state.BinaryState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every learner. */
final class LearnersTest {
  private static final String DECAY = "exponential:1.0:0.05:0.01";

  /** The wind makes targets noisy: only a falling step size averages them out. */
  private static final String SETTLING = "linear:0.5:0.01:90%";

  static Stream<Arguments> learners() {
    return Stream.of(
        learner(Entries.learner("q-learning"), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(
            Entries.learner("q-learning"),
            Map.of("exploration", "softmax", "temperature", "0.1", "step_size", SETTLING)),
        learner(Entries.learner("sarsa"), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(Entries.learner("expected-sarsa"), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(
            Entries.learner("double-q-learning"), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(
            Entries.learner("double-expected-sarsa"),
            Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(Entries.learner("n-step-sarsa"), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(
            Entries.learner("n-step-expected-sarsa"),
            Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(
            Entries.learner("n-step-tree-backup"), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(Entries.learner("n-step-q-sigma"), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(
            Entries.learner("off-policy-n-step-sarsa"),
            Map.of("n", "2", "epsilon", DECAY, "step_size", "linear:0.2:0.01:90%")),
        learner(Entries.learner("sarsa-lambda"), Map.of("epsilon", DECAY)),
        learner(Entries.learner("watkins-q-lambda"), Map.of("epsilon", DECAY)),
        learner(Entries.learner("tree-backup-lambda"), Map.of("epsilon", DECAY)),
        learner(Entries.learner("monte-carlo"), Map.of("epsilon", DECAY)),
        learner(
            Entries.learner("monte-carlo"),
            Map.of("epsilon", DECAY, "step_size", SETTLING, "visits", "every", "ties", "first")));
  }

  static Stream<Arguments> allLearners() {
    return Stream.concat(
        learners(),
        Stream.of(
            learner(Entries.learner("td-prediction"), Map.of()),
            learner(Entries.learner("n-step-td"), Map.of()),
            learner(Entries.learner("dyna-q"), Map.of()),
            learner(Entries.learner("dyna-q-plus"), Map.of()),
            learner(Entries.learner("prioritised-sweeping"), Map.of()),
            learner(Entries.learner("td-lambda"), Map.of("kind", "dutch")),
            learner(Entries.learner("true-online-td"), Map.of()),
            learner(Entries.learner("offline-lambda-return"), Map.of()),
            learner(Entries.learner("monte-carlo-prediction"), Map.of()),
            learner(
                Entries.learner("monte-carlo-prediction"),
                Map.of("alpha", "0.1", "visits", "every"))));
  }

  private static Arguments learner(LearnerEntry entry, Map<String, String> options) {
    Record config = entry.options().parse(options);
    Function<LearnerContext, Learner> make = context -> entry.create(context, config);
    return Arguments.of(entry.id() + " " + options, make);
  }

  private static Trainer<?> trainer(Function<LearnerContext, Learner> make, long steps) {
    Environment[] walks = new Environment[3];
    for (int row = 0; row < walks.length; row++) {
      walks[row] = new Tasks.Walk(12);
    }
    return Trainer.on(VectorEnvironment.of(walks)).seed(5).budget(Budget.steps(steps)).build(make);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allLearners")
  void restore_halfWay_endsInTheSameBits(String name, Function<LearnerContext, Learner> make) {
    try (Trainer<?> whole = trainer(make, 3000);
        Trainer<?> firstHalf = trainer(make, 3000);
        Trainer<?> secondHalf = trainer(make, 3000)) {
      whole.run();
      firstHalf.run(1000);
      BinaryState.fromBytes(BinaryState.toBytes(firstHalf), secondHalf);
      byte[] before = BinaryState.toBytes(secondHalf.learner());
      secondHalf.run();

      assertThat(BinaryState.toBytes(secondHalf)).isEqualTo(BinaryState.toBytes(whole));
      assertThat(before).isNotEqualTo(BinaryState.toBytes(secondHalf.learner()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("learners")
  void train_walk_learnsToGoRight(String name, Function<LearnerContext, Learner> make) {
    try (Trainer<?> trainer = trainer(make, 30_000)) {
      trainer.run();
      Evaluation evaluation =
          Evaluation.of(
              new Tasks.Walk(0), trainer.learner().policy(), Evaluation.Plan.episodes(500));

      // Always going right reaches the right end with probability 0.9986; at random it is 0.5.
      assertThat(evaluation.meanReturn()).isGreaterThan(0.97);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allLearners")
  void learner_asked_givesTheSameObjects(String name, Function<LearnerContext, Learner> make) {
    Learner learner = make.apply(Tasks.context(Tasks.chain(), 1));

    assertThat(learner.behaviour()).isSameAs(learner.behaviour());
    assertThat(learner.policy()).isSameAs(learner.policy());
    assertThat(learner.values()).isPresent();
  }
}
