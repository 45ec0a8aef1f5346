package org.bellmanrl.deep.onpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.EnvironmentException;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.Seeds;
import org.bellmanrl.deep.network.NetworkValues;
import org.bellmanrl.deep.network.NonFiniteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The learners learn what there is to learn, stop where they must, and go on where they stopped.
 */
class OnPolicyLearningTest {
  private static final int ROWS = 4;
  private static final long[] SEEDS = Seeds.learning();

  private static final Map<String, String> PPO =
      Map.of(
          "n_steps", "32",
          "batch_size", "32",
          "n_epochs", "6",
          "gamma", "0.5",
          "learning_rate", "0.003",
          "hidden", "16");

  private static final Map<String, String> A2C =
      Map.of(
          "gamma", "0.5",
          "learning_rate", "linear:0.01:0:100%",
          "optimizer", "adam",
          "hidden", "16");

  private static final Map<String, String> IMPALA =
      Map.of(
          "gamma", "0.5",
          "learning_rate", "linear:0.01:0:100%",
          "n_steps", "5",
          "max_grad_norm", "0.5",
          "ent_coef", "0",
          "hidden", "16");

  private static final Map<String, String> REINFORCE =
      Map.of(
          "gamma", "0.9",
          "learning_rate", "0.003",
          "baseline_learning_rate", "0.01",
          "hidden", "16");

  private static Function<LearnerContext, Learner> learner(
      LearnerEntry entry, Map<String, String> options, String... more) {
    Map<String, String> all = new HashMap<>(options);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return context -> entry.create(context, all);
  }

  static Stream<Arguments> tasks() {
    List<Arguments> all = new ArrayList<>();
    task(all, "discrete", Tasks::echo, 9.9, 9.4);
    task(all, "multi-discrete", Tasks::digits, 9.9, 9.4);
    task(all, "masked", Tasks::ceiling, 9.9, 9.4);
    task(all, "continuous", Tasks::steering, 9.8, 8);
    return all.stream();
  }

  private static void task(
      List<Arguments> all,
      String name,
      Supplier<Environment> task,
      double goal,
      double monteCarloGoal) {
    all.add(Arguments.of("ppo", name, learner(Entries.learner("ppo"), PPO), task, 24_000, goal));
    all.add(Arguments.of("a2c", name, learner(Entries.learner("a2c"), A2C), task, 24_000, goal));
    Function<LearnerContext, Learner> impala = learner(Entries.learner("impala"), IMPALA);
    all.add(Arguments.of("impala", name, impala, task, 24_000, goal));
    Function<LearnerContext, Learner> reinforce =
        learner(Entries.learner("deep-reinforce"), REINFORCE);
    all.add(Arguments.of("deep-reinforce", name, reinforce, task, 120_000, monteCarloGoal));
  }

  /**
   * The best is 10 an episode; at random it is 2.5, 5, 6.25 and 3.5, and 6.9 for the best constant
   * of the continuous one. REINFORCE acts at random to the end.
   */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("tasks")
  void train_smallTask_isSolvedOnEverySeed(
      String id,
      String name,
      Function<LearnerContext, Learner> make,
      Supplier<Environment> task,
      long steps,
      double goal) {
    returnsReach(goal, id + " on " + name, make, task, steps);
  }

  static Stream<Arguments> memories() {
    return Stream.of(
        memory("ppo", "discrete", "lstm 16", Tasks::previous, 8.9, 4),
        memory("ppo", "masked", "gru 16", Tasks::maskedPrevious, 8.9, 6.5),
        memory("ppo", "continuous", "lstm 16", Tasks::previousSteering, 9.4, 7.6),
        memory("a2c", "discrete", "gru 16", Tasks::previous, 8.9, 4),
        memory("a2c", "masked", "lstm 16", Tasks::maskedPrevious, 8.9, 6.5),
        memory("impala", "discrete", "gru 16", Tasks::previous, 8.9, 4));
  }

  private static Arguments memory(
      String id,
      String name,
      String layer,
      Supplier<Environment> task,
      double goal,
      double without) {
    Map<String, String> options =
        new HashMap<>(id.equals("ppo") ? PPO : id.equals("a2c") ? A2C : IMPALA);
    options.putAll(
        switch (id) {
          case "ppo" -> Map.of("sequence_length", "16", "learning_rate", "linear:0.01:0:100%");
          case "a2c" -> Map.of("n_steps", "10", "learning_rate", "linear:0.02:0:100%");
          default -> Map.of("n_steps", "10", "learning_rate", "linear:0.01:0:100%");
        });
    return Arguments.of(id, name, layer, options, task, goal, without);
  }

  /**
   * The best is 9 an episode of the discrete ones, for the first answer can't be known, and nearly
   * 10 of the continuous one; without memory it is 2.25, 4.5 (for masks tell something) and 6.6 in
   * expectation.
   */
  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("memories")
  void train_recurrentLayers_rememberWhatOthersCannotOnEverySeed(
      String id,
      String name,
      String layer,
      Map<String, String> options,
      Supplier<Environment> task,
      double goal,
      double without) {
    Function<LearnerContext, Learner> forgetful = learner(Entries.learner(id), options);
    Function<LearnerContext, Learner> recurrent =
        learner(Entries.learner(id), options, "hidden", layer);

    returnsReach(goal, id + " with " + layer + " on " + name, recurrent, task, 40_000);
    assertThat(returnOf(forgetful, task, SEEDS[0], 40_000))
        .as("%s without memory on %s", id, name)
        .isLessThan(without);
  }

  @Test
  void values_ofARecurrentNetwork_areNotOffered() {
    LearnerContext context = Tasks.context(Tasks.previous().spec(), 1);

    assertThat(Entries.learner("ppo").create(context, Map.of("hidden", "lstm 4")).values())
        .isEmpty();
    assertThatThrownBy(
            () -> Entries.learner("deep-reinforce").create(context, Map.of("hidden", "lstm 4")))
        .hasMessageContaining("deep-reinforce takes no recurrent layers");
  }

  @Test
  void train_reinforceWithoutBaseline_solvesDiscreteTaskOnEverySeed() {
    Function<LearnerContext, Learner> make =
        learner(Entries.learner("deep-reinforce"), REINFORCE, "baseline_learning_rate", "None");
    returnsReach(9, "deep-reinforce without baseline", make, Tasks::echo, 120_000);
  }

  private static void returnsReach(
      double goal,
      String what,
      Function<LearnerContext, Learner> make,
      Supplier<? extends Environment> task,
      long steps) {
    double[] returns = returnsOf(make, task, steps);

    assertThat(Arrays.stream(returns).min().orElseThrow())
        .as("%s, returns by seed: %s", what, Arrays.toString(returns))
        .isGreaterThanOrEqualTo(goal);
  }

  private static double[] returnsOf(
      Function<LearnerContext, Learner> make, Supplier<? extends Environment> task, long steps) {
    return Arrays.stream(SEEDS).mapToDouble(seed -> returnOf(make, task, seed, steps)).toArray();
  }

  private static double returnOf(
      Function<LearnerContext, Learner> make,
      Supplier<? extends Environment> task,
      long seed,
      long steps) {
    try (Trainer<?> trainer = trainer(task, seed, steps, make)) {
      trainer.run();
      return Evaluation.of(task.get(), trainer.learner().policy(), Evaluation.Plan.episodes(20))
          .meanReturn();
    }
  }

  private static Trainer<?> trainer(
      Supplier<? extends Environment> task,
      long seed,
      long steps,
      Function<LearnerContext, Learner> make) {
    return Trainer.on(Tasks.rows(ROWS, task)).seed(seed).budget(Budget.steps(steps)).build(make);
  }

  static Stream<Arguments> bootstrapping() {
    return Stream.of(
        Arguments.of(
            "ppo",
            learner(
                Entries.learner("ppo"),
                PPO,
                "gamma",
                "0.9",
                "learning_rate",
                "linear:0.01:0:100%",
                "n_steps",
                "8")),
        Arguments.of(
            "a2c",
            learner(
                Entries.learner("a2c"),
                A2C,
                "gamma",
                "0.9",
                "learning_rate",
                "linear:0.01:0:100%")));
  }

  /** 1 for ever, γ = 0.9, cut every ten steps: v = 10 within 2 %. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("bootstrapping")
  void values_endlessReward_reachTheTrueValue(String id, Function<LearnerContext, Learner> make) {
    for (long seed : SEEDS) {
      assertThat(endlessValue(seed, make)).as("%s, seed %d", id, seed).isCloseTo(10, within(0.2));
    }
  }

  /** The check above tells right from wrong: truncations taken for ends give too little. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("bootstrapping")
  void values_truncationTakenForAnEnd_fallShort(String id, Function<LearnerContext, Learner> make) {
    for (long seed : SEEDS) {
      assertThat(endlessValue(seed, context -> new TakesTruncationForAnEnd(make.apply(context))))
          .as("%s, seed %d", id, seed)
          .isLessThan(8);
    }
  }

  /**
   * Monte Carlo takes what it has seen of a cut episode for all there is: on average over ten steps
   * (1 − 0.9^k) / 0.1 with k = 1 to 10, which is 4.14.
   */
  @Test
  void baseline_endlessReward_isBiased() {
    Function<LearnerContext, Learner> make =
        learner(
            Entries.learner("deep-reinforce"),
            REINFORCE,
            "baseline_learning_rate",
            "linear:0.03:0:100%");
    for (long seed : SEEDS) {
      assertThat(endlessValue(seed, make)).as("seed %d", seed).isCloseTo(4.14, within(0.05));
    }
  }

  static double endlessValue(long seed, Function<LearnerContext, Learner> make) {
    try (Trainer<?> trainer = trainer(Tasks.Endless::new, seed, 30_000, make)) {
      trainer.run();
      double[] value = new double[1];
      trainer
          .learner()
          .values()
          .orElseThrow()
          .evaluate(Rows.all(1), new Observations(new Tasks.Endless().spec(), 1), value);
      return value[0];
    }
  }

  /** What a learner does that knows no truncation: the commonest mistake there is. */
  private record TakesTruncationForAnEnd(Learner learner) implements Learner {
    @Override
    public void observe(Transitions transitions) {
      for (int i = 0; i < transitions.rows().count(); i++) {
        int row = transitions.rows().at(i);
        if (transitions.last(row)) {
          transitions.discount()[row] = 0;
        }
      }
      learner.observe(transitions);
    }

    @Override
    public Policy behaviour() {
      return learner.behaviour();
    }

    @Override
    public Policy policy() {
      return learner.policy();
    }

    @Override
    public Optional<ValueFunction> values() {
      return learner.values();
    }

    @Override
    public void carry(State state) {
      learner.carry(state);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("tasks")
  void restore_midRollout_endsInTheSameBits(
      String id,
      String name,
      Function<LearnerContext, Learner> make,
      Supplier<Environment> task,
      long steps,
      double goal) {
    try (Trainer<?> whole = trainer(task, 7, 1000, make);
        Trainer<?> firstPart = trainer(task, 7, 1000, make);
        Trainer<?> secondPart = trainer(task, 8, 1000, make)) {
      whole.run();
      firstPart.run(332); // 83 steps a row: in the middle of an episode and of a rollout
      secondPart.run(20);
      BinaryState.fromBytes(BinaryState.toBytes(firstPart), secondPart);
      byte[] before = BinaryState.toBytes(secondPart.learner());
      secondPart.run();

      assertThat(BinaryState.toBytes(secondPart)).isEqualTo(BinaryState.toBytes(whole));
      assertThat(before).isNotEqualTo(BinaryState.toBytes(secondPart.learner()));
    }
  }

  @Test
  void ppo_rolloutNotDivisible_isRefusedWithNumbers() {
    Function<LearnerContext, Learner> make =
        learner(Entries.learner("ppo"), Map.of("n_steps", "10", "batch_size", "32"));

    assertThatThrownBy(() -> make.apply(Tasks.context(Tasks.echo().spec(), 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 · 3 = 30 is not a multiple of 32");
  }

  @Test
  void a2c_normalisedSingleStep_isRefused() {
    Function<LearnerContext, Learner> make =
        learner(Entries.learner("a2c"), Map.of("n_steps", "1", "normalize_advantage", "true"));

    assertThatThrownBy(() -> make.apply(Tasks.context(Tasks.echo().spec(), 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2");
  }

  @Test
  void options_outOfRange_areRefusedByName() {
    String[][] wrong = {
      {"gamma", "1.5"}, {"gae_lambda", "-0.1"}, {"n_steps", "0"}, {"batch_size", "1"},
      {"n_epochs", "0"}, {"learning_rate", "0"}, {"clip_range", "-1"}, {"clip_range_vf", "0"},
      {"ent_coef", "-1"}, {"vf_coef", "nan"}, {"max_grad_norm", "0"}, {"target_kl", "0"},
      {"hidden", "64,0"}
    };
    for (String[] option : wrong) {
      assertThatThrownBy(() -> Entries.learner("ppo").options().parse(Map.of(option[0], option[1])))
          .as("%s=%s", option[0], option[1])
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Shows NaN from some step on. */
  private static final class Breaking {
    private static Tasks.Quiz task(int sound) {
      EnvironmentSpec spec = EnvironmentSpec.of("Breaking", Box.of(-1f, 1f, 2), new Discrete(2));
      return new Tasks.Quiz(spec, 2) {
        private int step;

        @Override
        double pay(int number, Action answer) {
          return 0;
        }

        @Override
        void show(int number, Observation observation) {
          observation.set(0, number);
          observation.set(1, step++ < sound ? 0.5 : Double.NaN);
        }
      };
    }
  }

  @Test
  void observation_notFinite_stopsTheRunAndIsNamed() {
    for (Function<LearnerContext, Learner> make :
        List.of(learner(Entries.learner("ppo"), PPO), learner(Entries.learner("a2c"), A2C))) {
      try (Trainer<?> trainer = trainer(() -> Breaking.task(50), 0, 10_000, make)) {
        assertThatThrownBy(trainer::run)
            .isInstanceOf(EnvironmentException.class)
            .hasMessageContaining(
                "observation element 1 of Breaking must be finite, was NaN (row 0");
      }
    }
  }

  @Test
  void parameter_notFinite_stopsTheRunAndIsNamed() {
    try (Trainer<?> trainer =
        trainer(Tasks::echo, 0, 10_000, learner(Entries.learner("ppo"), PPO))) {
      trainer.run(64);
      NetworkValues values = (NetworkValues) trainer.learner().values().orElseThrow();
      values.network().parameters()[values.network().blocks().getFirst().index(1, 2)] = Float.NaN;

      assertThatThrownBy(trainer::run)
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("parameter of the values")
          .hasMessageContaining("weights[1][2]");
    }
  }

  /** The squared error overflows a double, or the squared gradient a float. */
  @ParameterizedTest
  @CsvSource({"1e200, loss is", "1e30, norm of the gradients is Infinity"})
  void loss_rewardsTooLarge_stopTheRun(double reward, String message) {
    Supplier<Environment> task =
        () ->
            new Tasks.Quiz(EnvironmentSpec.of("Huge", new Discrete(2), new Discrete(2)), 2) {
              @Override
              double pay(int number, Action answer) {
                return reward;
              }
            };
    for (Function<LearnerContext, Learner> make :
        List.of(
            learner(Entries.learner("ppo"), PPO),
            learner(Entries.learner("a2c"), A2C),
            learner(Entries.learner("deep-reinforce"), REINFORCE))) {
      try (Trainer<?> trainer = trainer(task, 0, 10_000, make)) {
        assertThatThrownBy(trainer::run)
            .isInstanceOf(NonFiniteException.class)
            .hasMessageContaining(message);
      }
    }
  }

  /** Images go through the three convolutions, small ones through one. */
  @ParameterizedTest
  @ValueSource(ints = {8, 36})
  void train_pixels_learnsWhichHalfIsBright(int side) {
    EnvironmentSpec spec = EnvironmentSpec.of("Bright", Box.pixels(side, side, 1), new Discrete(2));
    Supplier<Environment> task =
        () ->
            new Tasks.Quiz(spec, 2) {
              @Override
              double pay(int number, Action answer) {
                return answer.discrete() == number ? 1 : 0;
              }

              @Override
              void show(int number, Observation observation) {
                for (int i = 0; i < side * side; i++) {
                  boolean right = i % side >= side / 2;
                  observation.setUnsigned(i, right == (number == 1) ? 200 : 20);
                }
              }
            };
    Function<LearnerContext, Learner> make =
        learner(Entries.learner("ppo"), PPO, "n_epochs", "3", "n_steps", "16");
    try (Trainer<?> trainer = trainer(task, 0, 1500, make)) {
      trainer.run();
      double reached =
          Evaluation.of(task.get(), trainer.learner().policy(), Evaluation.Plan.episodes(5))
              .meanReturn();

      assertThat(reached).isEqualTo(10);
    }
  }
}
