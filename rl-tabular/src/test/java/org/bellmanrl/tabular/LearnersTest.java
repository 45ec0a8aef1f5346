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
import org.bellmanrl.api.interaction.EvaluationPlan;
import org.bellmanrl.api.interaction.Evaluator;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.tabular.montecarlo.MonteCarloControl;
import org.bellmanrl.tabular.montecarlo.MonteCarloPrediction;
import org.bellmanrl.tabular.planning.DynaQ;
import org.bellmanrl.tabular.planning.DynaQPlus;
import org.bellmanrl.tabular.planning.PrioritisedSweeping;
import org.bellmanrl.tabular.td.DoubleExpectedSarsa;
import org.bellmanrl.tabular.td.DoubleQLearning;
import org.bellmanrl.tabular.td.ExpectedSarsa;
import org.bellmanrl.tabular.td.NStepExpectedSarsa;
import org.bellmanrl.tabular.td.NStepQSigma;
import org.bellmanrl.tabular.td.NStepSarsa;
import org.bellmanrl.tabular.td.NStepTd;
import org.bellmanrl.tabular.td.NStepTreeBackup;
import org.bellmanrl.tabular.td.OffPolicyNStepSarsa;
import org.bellmanrl.tabular.td.QLearning;
import org.bellmanrl.tabular.td.Sarsa;
import org.bellmanrl.tabular.td.TdPrediction;
import org.bellmanrl.tabular.traces.OfflineLambdaReturn;
import org.bellmanrl.tabular.traces.SarsaLambda;
import org.bellmanrl.tabular.traces.TdLambda;
import org.bellmanrl.tabular.traces.TreeBackupLambda;
import org.bellmanrl.tabular.traces.TrueOnlineTd;
import org.bellmanrl.tabular.traces.WatkinsQLambda;
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
        learner(new QLearning.Provider(), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(
            new QLearning.Provider(),
            Map.of("exploration", "softmax", "temperature", "0.1", "step_size", SETTLING)),
        learner(new Sarsa.Provider(), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(new ExpectedSarsa.Provider(), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(new DoubleQLearning.Provider(), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(
            new DoubleExpectedSarsa.Provider(), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(new NStepSarsa.Provider(), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(new NStepExpectedSarsa.Provider(), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(new NStepTreeBackup.Provider(), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(new NStepQSigma.Provider(), Map.of("epsilon", DECAY, "step_size", SETTLING)),
        learner(
            new OffPolicyNStepSarsa.Provider(),
            Map.of("n", "2", "epsilon", DECAY, "step_size", "linear:0.2:0.01:90%")),
        learner(new SarsaLambda.Provider(), Map.of("epsilon", DECAY)),
        learner(new WatkinsQLambda.Provider(), Map.of("epsilon", DECAY)),
        learner(new TreeBackupLambda.Provider(), Map.of("epsilon", DECAY)),
        learner(new MonteCarloControl.Provider(), Map.of("epsilon", DECAY)),
        learner(
            new MonteCarloControl.Provider(),
            Map.of("epsilon", DECAY, "step_size", SETTLING, "visits", "every", "ties", "first")));
  }

  static Stream<Arguments> allLearners() {
    return Stream.concat(
        learners(),
        Stream.of(
            learner(new TdPrediction.Provider(), Map.of()),
            learner(new NStepTd.Provider(), Map.of()),
            learner(new DynaQ.Provider(), Map.of()),
            learner(new DynaQPlus.Provider(), Map.of()),
            learner(new PrioritisedSweeping.Provider(), Map.of()),
            learner(new TdLambda.Provider(), Map.of("kind", "dutch")),
            learner(new TrueOnlineTd.Provider(), Map.of()),
            learner(new OfflineLambdaReturn.Provider(), Map.of()),
            learner(new MonteCarloPrediction.Provider(), Map.of()),
            learner(
                new MonteCarloPrediction.Provider(), Map.of("alpha", "0.1", "visits", "every"))));
  }

  private static <C extends Record> Arguments learner(
      LearnerEntry<C> provider, Map<String, String> options) {
    C config = provider.options().parse(options);
    Function<LearnerContext, Learner> make = context -> provider.create(context, config);
    return Arguments.of(provider.id() + " " + options, make);
  }

  private static Trainer trainer(Function<LearnerContext, Learner> make, long steps) {
    Environment[] walks = new Environment[3];
    for (int row = 0; row < walks.length; row++) {
      walks[row] = new Tasks.Walk(12);
    }
    return Trainer.on(VectorEnvironment.of(walks))
        .seed(5)
        .budget(Budget.steps(steps))
        .learner(make);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allLearners")
  void restore_halfWay_endsInTheSameBits(String name, Function<LearnerContext, Learner> make) {
    try (Trainer whole = trainer(make, 3000);
        Trainer firstHalf = trainer(make, 3000);
        Trainer secondHalf = trainer(make, 3000)) {
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
    try (Trainer trainer = trainer(make, 30_000)) {
      trainer.run();
      Evaluation evaluation =
          Evaluator.evaluate(
              new Tasks.Walk(0), trainer.learner().policy(), EvaluationPlan.episodes(500));

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
