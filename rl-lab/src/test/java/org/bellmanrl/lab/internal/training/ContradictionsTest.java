package org.bellmanrl.lab.internal.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.registry.Catalogue.Offers;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.dqn.DeepControl;
import org.bellmanrl.deep.dqn.StreamQ;
import org.bellmanrl.lab.LearnerTasks;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.assembly.Wrapping;
import org.bellmanrl.lab.internal.flight.ForwardingLearner;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a run says that no network was updated, by what was updated and not by metrics. */
class ContradictionsTest {
  private static final String NO_UPDATE = "no network was updated in ";

  @TempDir Path folder;

  private final Assembler assembler =
      new Assembler(
          Registry.builder().discover(Registry.class.getClassLoader()).add(this::list).build());

  private void list(Offers offers) {
    offers.add(
        LearnerEntry.ofNetworks(
            "acme/silent",
            "learns and reports nothing",
            DeepControl.accepts(),
            StreamQ.Config::defaults,
            Silent::new));
    offers.add(
        LearnerEntry.ofNetworks(
            "acme/boastful",
            "learns nothing and reports a loss",
            DeepControl.accepts(),
            StreamQ.Config::defaults,
            Boastful::new));
  }

  private static final class Silent extends ForwardingLearner {
    Silent(LearnerContext context, StreamQ.Config config) {
      super(new StreamQ(context, config));
    }

    @Override
    public void report(Metrics metrics) {}
  }

  private static final class Boastful extends ForwardingLearner {
    Boastful(LearnerContext context, StreamQ.Config config) {
      super(new StreamQ(context, config));
    }

    @Override
    public void observe(Transitions transitions) {}

    @Override
    public void report(Metrics metrics) {
      metrics.scalar("loss", 0.5);
    }
  }

  private Experiment experiment(
      String learner, String task, Map<String, ?> options, int rows, int steps) {
    return new Resolver(assembler.entries(), new Presets())
        .resolve(
            TrainingRequest.of(learner, task)
                .withLearnerOptions(new HashMap<>(options))
                .withRows(OptionalInt.of(rows))
                .withBudget(Budget.steps(steps))
                .withEvaluation(Evaluation.Plan.episodes(1))
                .withSeed(3));
  }

  private Path path() {
    return folder.resolve("run");
  }

  private TrainingRun begin(Experiment experiment) {
    return TrainingRuns.begin(
        TrainingSetup.silent(assembler), experiment, RunFolder.create(path()), false);
  }

  private List<String> odd(Experiment experiment) {
    try (TrainingRun run = begin(experiment)) {
      assertThat(run.run()).isTrue();
      return run.judge(new Listener() {}).odd();
    }
  }

  @ParameterizedTest
  @MethodSource("org.bellmanrl.lab.LearnerTasks#networks")
  void judge_aLearnerThatLearned_saysOfNoneThatItDidNot(
      String learner, String task, String hidden) {
    Map<String, String> options = LearnerTasks.options(learner, hidden);
    assertThat(odd(experiment(learner, task, options, 3, 300)))
        .noneMatch(sentence -> sentence.contains(NO_UPDATE));
  }

  @Test
  void judge_aPluginThatLearnsAndReportsNothing_doesNotSayThatItDidNot() {
    assertThat(odd(experiment("acme/silent", "CartPole-v1", Map.of(), 1, 300)))
        .noneMatch(sentence -> sentence.contains(NO_UPDATE));
  }

  @ParameterizedTest
  @CsvSource({
    "acme/boastful, 300, '300 steps, so the policy is a beginner''s: train for more --steps'",
    "dqn, 40, 'train for more --steps, or lower learning_starts'",
    "ppo, 90, 'train for more --steps, or lower n_steps'",
    "deep-reinforce, 4, 'train for more --steps'"
  })
  void judge_aLearnerThatDidNotLearn_saysSoWithOptionsThatItHas(
      String learner, int steps, String end) {
    Map<String, ?> options =
        learner.equals("ppo") ? Map.of("n_steps", 64, "batch_size", 64) : Map.of();
    assertThat(odd(experiment(learner, "CartPole-v1", options, 2, steps)))
        .anySatisfy(sentence -> assertThat(sentence).startsWith(NO_UPDATE).endsWith(end));
  }

  @ParameterizedTest
  @CsvSource({"acme/boastful, true", "acme/silent, false"})
  void judge_aRunThatWasKilledBefore_saysTheSame(String learner, boolean idle) {
    Experiment experiment = experiment(learner, "CartPole-v1", Map.of(), 1, 300);
    try (TrainingRun run = begin(experiment)) {
      assertThat(run.run()).isTrue();
    }
    List<String> odd = TrainingRuns.judge(assembler, RunFolder.unfinished(path())).odd();
    assertThat(odd.stream().anyMatch(sentence -> sentence.contains(NO_UPDATE))).isEqualTo(idle);
  }

  @ParameterizedTest
  @CsvSource({
    "clip-reward:min_reward=-1",
    "scale-reward:factor=2",
    "normalize-reward",
    "count-bonus",
    "rnd",
    "sticky-action",
    "time-aware-observation",
    "nan-guard"
  })
  void changesRewards_isWhetherLearnersSeeOthersThanTheTaskPays(String wrapper) {
    Experiment experiment =
        new Resolver(assembler.entries(), new Presets())
            .resolve(
                TrainingRequest.of("ppo", "Pendulum-v1")
                    .withWrappers(Wrapping.parse("--wrap", List.of(wrapper))));
    boolean changed = false;
    try (VectorEnvironment environment = assembler.environment(experiment)) {
      Outcomes outcomes = new Outcomes(environment.spec(), 1);
      Columns actions = new Columns(environment.spec().actionSpace(), 1);
      RandomStreams random = RandomStreams.ofSeeds(0);
      environment.reset(Rows.all(1), random, outcomes.observations());
      for (int i = 0; i < 20; i++) {
        outcomes.clear(Rows.all(1));
        environment.step(Rows.all(1), actions, random, outcomes);
        changed |= outcomes.reward()[0] != outcomes.earned(0);
      }
    }
    assertThat(assembler.changesRewards(experiment)).isEqualTo(changed);
  }

  @Test
  void changesRewards_ofAllWrappers_isTrueOfThoseThatAreTriedAbove() {
    assertThat(
            assembler.entries().registry().all(WrapperEntry.class).stream()
                .filter(WrapperEntry::changesRewards)
                .map(WrapperEntry::id))
        .containsExactlyInAnyOrder(
            "clip-reward", "count-bonus", "normalize-reward", "rnd", "scale-reward");
  }
}
