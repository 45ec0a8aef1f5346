package org.bellmanrl.deep.dqn;

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
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.EnvironmentException;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.Seeds;
import org.bellmanrl.deep.network.NonFiniteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DqnTest {
  private static final long[] SEEDS = Seeds.learning();

  private static final Map<String, String> BASE =
      Map.ofEntries(
          Map.entry("buffer_size", "2000"),
          Map.entry("learning_starts", "100"),
          Map.entry("batch_size", "32"),
          Map.entry("gamma", "0.9"),
          Map.entry("learning_rate", "0.003"),
          Map.entry("train_freq", "2"),
          Map.entry("target_update_interval", "50"),
          Map.entry("exploration", "linear:1:0.1:50%"),
          Map.entry("hidden", "16"));

  private static Function<LearnerContext, Learner> dqn(String... options) {
    return learner("dqn", options);
  }

  private static Function<LearnerContext, Learner> learner(String id, String... options) {
    Map<String, String> all = new HashMap<>(BASE);
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return context -> Entries.learner(id).create(context, all);
  }

  private static Function<LearnerContext, Learner> iqn(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("quantiles", "8", "target_quantiles", "8", "policy_quantiles", "8"));
    return learner("iqn", all.toArray(String[]::new));
  }

  private static Trainer<?> trainer(
      Supplier<? extends Environment> task,
      int rows,
      long seed,
      long steps,
      Function<LearnerContext, Learner> make) {
    Environment[] tasks = new Environment[rows];
    Arrays.setAll(tasks, row -> task.get());
    return Trainer.on(VectorEnvironment.of(tasks))
        .seed(seed)
        .budget(Budget.steps(steps))
        .build(make);
  }

  static Stream<Arguments> variants() {
    return Stream.of(
        Arguments.of("plain", dqn()),
        Arguments.of("Polyak", dqn("tau", "0.05", "target_update_interval", "2")),
        Arguments.of("double", dqn("double_q", "true")),
        Arguments.of("dueling", dqn("dueling", "true")),
        Arguments.of("prioritised", dqn("prioritised", "true")),
        Arguments.of("3 steps", dqn("n_steps", "3")),
        Arguments.of("quantiles", learner("qr-dqn", "quantiles", "5", "double_q", "true")),
        Arguments.of("implicit quantiles", iqn("double_q", "true", "n_steps", "2")),
        Arguments.of("dueling implicit quantiles", iqn("dueling", "true", "risk_level", "0.5")),
        Arguments.of(
            "categories",
            learner("c51", "atoms", "21", "v_min", "-10", "v_max", "10", "prioritised", "true")),
        Arguments.of("dueling quantiles", learner("qr-dqn", "quantiles", "5", "dueling", "true")),
        Arguments.of("Rainbow", learner("rainbow", "atoms", "21", "exploration", "0")),
        Arguments.of("Munchausen", learner("munchausen-dqn", "temperature", "0.1")),
        Arguments.of("noisy", dqn("noisy", "true", "exploration", "0")),
        Arguments.of("one update per step", dqn("gradient_steps", "-1", "train_freq", "8")),
        Arguments.of(
            "everything",
            dqn(
                "double_q",
                "true",
                "dueling",
                "true",
                "prioritised",
                "true",
                "n_steps",
                "3",
                "noisy",
                "true")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void train_doors_isSolvedOnEverySeed(String name, Function<LearnerContext, Learner> make) {
    double[] lengths = new double[SEEDS.length];
    for (int i = 0; i < SEEDS.length; i++) {
      try (Trainer<?> trainer = trainer(Tasks.Doors::new, 2, SEEDS[i], 4000, make)) {
        trainer.run();
        lengths[i] =
            Evaluation.of(
                    new Tasks.Doors(), trainer.learner().policy(), Evaluation.Plan.episodes(1))
                .meanLength();
      }
    }
    assertThat(lengths).as("steps to the exit by seed").containsOnly(3.0);
  }

  static Stream<Arguments> memories() {
    return Stream.of(
        Arguments.of("lstm", learner("dqn", "hidden", "lstm 16")),
        Arguments.of("gru, burn-in", learner("dqn", "hidden", "gru 16", "burn_in", "3")),
        Arguments.of(
            "quantiles", learner("qr-dqn", "hidden", "lstm 16", "quantiles", "5", "n_steps", "2")),
        Arguments.of("implicit quantiles", iqn("hidden", "lstm 16", "double_q", "true")),
        Arguments.of(
            "R2D2",
            learner(
                "r2d2",
                "hidden",
                "lstm 16",
                "sequence_length",
                "8",
                "burn_in",
                "4",
                "n_steps",
                "2",
                "priority_beta",
                "0.6")));
  }

  /** The best return is 9; without memory it is 3 in expectation. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("memories")
  void train_recurrentLayers_rememberOnEverySeed(
      String name, Function<LearnerContext, Learner> make) {
    double[] returns = returnsOfPrevious(make);

    assertThat(Arrays.stream(returns).min().orElseThrow())
        .as("returns by seed: %s", Arrays.toString(returns))
        .isGreaterThan(8.9);
  }

  @Test
  void train_withoutMemory_failsWhereItIsNeeded() {
    double[] returns = returnsOfPrevious(dqn("n_steps", "2"));

    assertThat(Arrays.stream(returns).max().orElseThrow())
        .as("returns by seed: %s", Arrays.toString(returns))
        .isLessThan(5);
  }

  private static double[] returnsOfPrevious(Function<LearnerContext, Learner> make) {
    double[] returns = new double[SEEDS.length];
    for (int i = 0; i < SEEDS.length; i++) {
      try (Trainer<?> trainer = trainer(Tasks.Previous::new, 2, SEEDS[i], 12_000, make)) {
        trainer.run();
        returns[i] =
            Evaluation.of(
                    new Tasks.Previous(), trainer.learner().policy(), Evaluation.Plan.episodes(20))
                .meanReturn();
      }
    }
    return returns;
  }

  @Test
  void recurrentLayers_whereTheyMeanNothing_areRefused() {
    LearnerContext context =
        LearnerContext.of(
            new Tasks.Previous().spec(), 1, Streams.of(0), new RunProgress(Budget.steps(100)));

    assertThatThrownBy(() -> learner("munchausen-dqn", "hidden", "lstm 4").apply(context))
        .hasMessageContaining("munchausen-dqn takes no recurrent layers");
    assertThatThrownBy(() -> learner("c51", "value_rescaling", "true").apply(context))
        .hasMessageContaining("value_rescaling must be false");
    assertThat(learner("dqn", "hidden", "lstm 4").apply(context).values()).isEmpty();
  }

  @Test
  void train_maskedTask_isSolvedWithoutAMaskedAction() {
    double[] returns = new double[SEEDS.length];
    for (int i = 0; i < SEEDS.length; i++) {
      // The task throws when a masked action is played.
      try (Trainer<?> trainer =
          trainer(Tasks.Ceiling::new, 2, SEEDS[i], 4000, dqn("gamma", "0.5"))) {
        trainer.run();
        returns[i] =
            Evaluation.of(
                    new Tasks.Ceiling(), trainer.learner().policy(), Evaluation.Plan.episodes(20))
                .meanReturn();
      }
    }
    assertThat(returns).as("returns by seed").containsOnly(10.0);
  }

  static Stream<Arguments> bootstrapping() {
    return Stream.of(
        Arguments.of("plain", dqn()),
        Arguments.of("double, 4 steps", dqn("double_q", "true", "n_steps", "4")),
        Arguments.of("prioritised, dueling", dqn("prioritised", "true", "dueling", "true")));
  }

  /** 1 for ever, γ = 0.9, cut every ten steps: every value is 10, within 2 %. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("bootstrapping")
  void values_endlessReward_reachTheTrueValue(String name, Function<LearnerContext, Learner> make) {
    for (long seed : SEEDS) {
      assertThat(endlessValues(seed, make))
          .as("%s, seed %d", name, seed)
          .allSatisfy(value -> assertThat(value).isCloseTo(10, within(0.2)));
    }
  }

  /**
   * The check above tells right from wrong: truncations taken for ends give too little, where Huber
   * balances nine small errors with a large one: 0.9 · (1 + 0.9 v − v) = 0.1 for v = 8.9.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("bootstrapping")
  void values_truncationTakenForAnEnd_fallShort(
      String name, Function<LearnerContext, Learner> make) {
    for (long seed : SEEDS) {
      assertThat(endlessValues(seed, context -> new TakesTruncationForAnEnd(make.apply(context))))
          .as("%s, seed %d", name, seed)
          .allSatisfy(value -> assertThat(value).isLessThan(9.5));
    }
  }

  private static Double[] endlessValues(long seed, Function<LearnerContext, Learner> make) {
    try (Trainer<?> trainer = trainer(Tasks.Endless::new, 2, seed, 8000, make)) {
      trainer.run();
      Observations observations = new Observations(new Tasks.Endless().spec(), 2);
      observations.values().ints()[1] = 1;
      double[] values = new double[4];
      trainer.learner().values().orElseThrow().evaluate(Rows.all(2), observations, values);
      return Arrays.stream(values).boxed().toArray(Double[]::new);
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

  @ParameterizedTest(name = "{0}")
  @MethodSource({"variants", "memories"})
  void restored_endsInTheSameBits(String name, Function<LearnerContext, Learner> make) {
    for (long before : new long[] {50, 1234}) {
      try (Trainer<?> whole = trainer(Tasks.Doors::new, 2, 7, 2000, make);
          Trainer<?> first = trainer(Tasks.Doors::new, 2, 7, 2000, make);
          Trainer<?> second = trainer(Tasks.Doors::new, 2, 8, 2000, make)) {
        whole.run();
        first.run(before);
        second.run(300);
        BinaryState.fromBytes(BinaryState.toBytes(first), second);
        byte[] restored = BinaryState.toBytes(second.learner());
        second.run();
        assertThat(Arrays.equals(BinaryState.toBytes(second), BinaryState.toBytes(whole)))
            .as("after %d steps", before)
            .isTrue();
        assertThat(Arrays.equals(restored, BinaryState.toBytes(second.learner()))).isFalse();
      }
    }
  }

  @Test
  void updates_comeWhenTheyAreDue() {
    String[] options = {"train_freq", "8", "gradient_steps", "3", "learning_starts", "20"};
    for (int rows : new int[] {1, 3, 20}) {
      try (Trainer<?> trainer = trainer(Tasks.Doors::new, rows, 0, 120, dqn(options))) {
        trainer.run();
        double[] updates = {-1};
        trainer
            .learner()
            .report((name, value) -> updates[0] = name.equals("updates") ? value : updates[0]);
        // At 24, 32, … 120; twenty rows reach 40 first, where 24, 32 and 40 are due.
        assertThat(updates[0]).as("%d rows", rows).isEqualTo(13 * 3);
      }
    }
  }

  @Test
  void notFiniteObservation_stopsTheRunAndIsNamed() {
    try (Trainer<?> trainer =
        trainer(() -> new Tasks.Breaking(1, Double.NaN), 1, 0, 5000, dqn("exploration", "1"))) {
      assertThatThrownBy(trainer::run)
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("observation element 1 of Breaking must be finite, was NaN (row 0");
      assertThat(trainer.progress().steps()).isEqualTo(99);
    }
  }

  @Test
  void rewardBeyondFloats_stopsTheRunAndIsNamed() {
    try (Trainer<?> trainer = trainer(() -> new Tasks.Breaking(1e300, 0.5), 1, 0, 5000, dqn())) {
      assertThatThrownBy(trainer::run)
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("of dqn: the reward of a transition is Infinity as a float");
    }
  }

  @Test
  void notFiniteParameter_stopsTheRunAndIsNamed() {
    try (Trainer<?> trainer = trainer(Tasks.Doors::new, 1, 0, 5000, dqn())) {
      trainer.run(200);
      Dqn learner = (Dqn) trainer.learner();
      learner.network().parameters()[learner.network().blocks().getFirst().index(1, 2)] = Float.NaN;
      assertThatThrownBy(trainer::run)
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("arameter of ")
          .hasMessageContaining("layer 0 (Dense), weights[1][2]");
    }
  }

  @Test
  void options_outOfRange_areRefusedByName() {
    String[][] wrong = {
      {"batch_size", "2001", "batch_size must be in [1, 2000]"},
      {"learning_starts", "2001", "learning_starts must be in [0, 2000]"},
      {"buffer_size", "0", "buffer_size"},
      {"gamma", "1.1", "gamma"},
      {"tau", "0", "tau"},
      {"learning_rate", "0", "learning_rate"},
      {"learning_rate", "linear:0.1:-0.1:50%", "learning_rate"},
      {"train_freq", "0", "train_freq"},
      {"gradient_steps", "0", "gradient_steps"},
      {"target_update_interval", "0", "target_update_interval"},
      {"exploration", "1.5", "exploration"},
      {"max_grad_norm", "inf", "max_grad_norm"},
      {"hidden", "64,0", "hidden"},
      {"n_steps", "0", "n_steps"},
      {"priority_alpha", "-1", "priority_alpha"},
      {"priority_beta", "linear:0.4:2:100%", "priority_beta"},
      {"frames", "0", "frames"}
    };
    for (String[] option : wrong) {
      Map<String, String> all = new HashMap<>(BASE);
      all.put(option[0], option[1]);
      assertThatThrownBy(() -> Entries.learner("dqn").options().parse(all))
          .as("%s=%s", option[0], option[1])
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(option[2]);
    }
  }
}
