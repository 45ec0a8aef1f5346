package org.bellmanrl.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.options.Require.TooLargeException;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.ValueFunctionEntry;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.tabular.table.StateIndex;
import org.bellmanrl.tabular.table.TableConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Learners over tables by id: dense, hashed and a plugin's. */
final class ValuesTest {
  private static final int CELLS = 7;

  /** Orders states by number, which hashed tables give out in the order of visits. */
  private static final String DENSE_ONLY = "prioritised-sweeping";

  private static final Registry REGISTRY =
      Registry.of(
          new TabularCatalogue(),
          offers -> {
            offers.add(
                ValueFunctionEntry.of(
                    "example/cells",
                    "cells from the left",
                    TableConfig::defaults,
                    (spec, config) -> config.table(spec, new Cells())));
            offers.add(ValueFunctionEntry.of("example/zero", "nothing but 0", spec -> new Zero()));
          });

  /** Numbers the cells of a {@link CodedWalk} in advance. */
  private static final class Cells implements StateIndex {
    @Override
    public int size() {
      return CELLS;
    }

    @Override
    public int find(Columns observations, int row) {
      return observations.ints().length == 0
          ? observations.bytes()[row * observations.layout().bytes()]
          : observations.ints()[row * observations.layout().ints()];
    }

    @Override
    public int number(Columns observations, int row) {
      return find(observations, row);
    }

    @Override
    public StateIndex snapshot() {
      return this;
    }

    @Override
    public void carry(State state) {
      state.expect("cells", CELLS);
    }
  }

  private static final class Zero implements ValueFunction {
    @Override
    public int width() {
      return 2;
    }

    @Override
    public void evaluate(Rows rows, Observations observations, double[] values) {
      Arrays.fill(values, 0);
    }

    @Override
    public Zero snapshot() {
      return this;
    }

    @Override
    public void carry(State state) {}
  }

  /** The random walk, observed by another space. */
  private static final class CodedWalk implements Environment, Stateful {
    private final EnvironmentSpec spec;
    private int cell;

    CodedWalk(Space space) {
      this.spec = EnvironmentSpec.of("CodedWalk", space, new Discrete(2)).withMaxEpisodeSteps(12);
    }

    @Override
    public EnvironmentSpec spec() {
      return spec;
    }

    private void show(Observation observation) {
      switch (spec.observationSpace()) {
        case Discrete only -> observation.setDiscrete(cell);
        case MultiDiscrete several -> {
          for (int i = 0; i < several.size(); i++) {
            observation.setDiscrete(i, cell * (i + 1));
          }
        }
        case Dict parts -> {
          observation.setUnsignedOf(0, 0, cell);
          observation.setDiscreteOf(1, 0, cell);
        }
        default -> observation.setUnsigned(0, cell);
      }
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      cell = CELLS / 2;
      show(observation);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      int direction = random.random() < 0.2 ? random.integers(2) : action.discrete();
      cell += direction == 1 ? 1 : -1;
      show(outcome.observation());
      if (cell == 0 || cell == CELLS - 1) {
        outcome.reward(cell == 0 ? 0 : 1);
        outcome.terminate();
      }
    }

    @Override
    public void carry(State state) {
      cell = state.carry("cell", cell);
    }
  }

  static List<LearnerEntry> learners() {
    return REGISTRY.all(LearnerEntry.class).stream()
        .filter(entry ->
            entry.options().descriptions().stream()
                .map(OptionSchema.Description::name)
                .anyMatch("values"::equals))
        .filter(entry -> !entry.id().equals(DENSE_ONLY))
        .toList();
  }

  private static Trainer<?> trainer(LearnerEntry entry, Space space, String values) {
    Environment[] walks = new Environment[3];
    Arrays.setAll(walks, row -> new CodedWalk(space));
    return Trainer.on(VectorEnvironment.of(walks))
        .seed(11)
        .budget(Budget.steps(2000))
        .build(context -> entry.create(withRegistry(context), Map.of("values", values)));
  }

  private static LearnerContext withRegistry(LearnerContext context) {
    return context.withValueFunctions((id, options) ->
        REGISTRY.get(ValueFunctionEntry.class, id).create(context.spec(), options));
  }

  /** What a trained learner says of every cell, and what it would do there next. */
  private static double[] learned(LearnerEntry entry, Space space, String values) {
    try (Trainer<?> trainer = trainer(entry, space, values)) {
      trainer.run();
      ValueFunction function = trainer.learner().values().orElseThrow();
      EnvironmentSpec spec = new CodedWalk(space).spec();
      Observations observations = new Observations(spec, CELLS);
      CodedWalk walk = new CodedWalk(space);
      Observation cursor = new Observation(observations);
      for (int cell = 0; cell < CELLS; cell++) {
        walk.cell = cell;
        walk.show(cursor.at(cell));
      }
      double[] all = new double[CELLS * function.width()];
      function.evaluate(Rows.all(CELLS), observations, all);
      return all;
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  void train_hashed_givesTheSameBitsAsDense(LearnerEntry entry) {
    double[] dense = learned(entry, new Discrete(CELLS), "dense");

    assertThat(Arrays.stream(dense).distinct().count()).isGreaterThan(3);
    assertThat(learned(entry, new Discrete(CELLS), "hashed")).containsExactly(dense);
    assertThat(learned(entry, new MultiDiscrete(1 << 20, 1 << 20, 1 << 20), "hashed"))
        .containsExactly(dense);
    assertThat(learned(entry, Box.pixels(1, 2, 3), "hashed")).containsExactly(dense);
    Map<String, Space> parts = new TreeMap<>();
    parts.put("a", Box.pixels(1, 1, 1));
    parts.put("b", new Discrete(CELLS));
    assertThat(learned(entry, Dict.of(parts), "hashed")).containsExactly(dense);
  }

  @ParameterizedTest
  @MethodSource("learners")
  void train_tableOfAPlugin_givesTheSameBitsAsDense(LearnerEntry entry) {
    double[] dense = learned(entry, new Discrete(CELLS), "dense");

    assertThat(learned(entry, Box.pixels(1, 2, 3), "example/cells")).containsExactly(dense);
  }

  @ParameterizedTest
  @MethodSource("learners")
  void restore_hashedHalfWay_endsInTheSameBits(LearnerEntry entry) {
    Space space = new MultiDiscrete(1 << 30, 1 << 30);
    try (Trainer<?> whole = trainer(entry, space, "hashed");
        Trainer<?> firstHalf = trainer(entry, space, "hashed");
        Trainer<?> secondHalf = trainer(entry, space, "hashed")) {
      whole.run();
      firstHalf.run(1000);
      BinaryState.fromBytes(BinaryState.toBytes(firstHalf), secondHalf);
      secondHalf.run();

      assertThat(BinaryState.toBytes(secondHalf)).isEqualTo(BinaryState.toBytes(whole));
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  void create_spaceThatNoTableTakes_namesTheRemedy(LearnerEntry entry) {
    EnvironmentSpec real =
        EnvironmentSpec.of("Real", Box.of(0, 1, 2), new Discrete(2)).withMaxEpisodeSteps(9);
    EnvironmentSpec bytes =
        EnvironmentSpec.of("Bytes", Box.pixels(9, 9, 3), new Discrete(2)).withMaxEpisodeSteps(9);

    assertThatThrownBy(() -> entry.create(context(real), Map.of("values", "hashed")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(entry.id() + " needs observations in a finite space")
        .hasMessageContaining("the wrapper 'discretize'");
    assertThatThrownBy(() -> entry.create(context(bytes), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(entry.id() + " cannot number the observations of Bytes in advance")
        .hasMessageEndingWith("set values=hashed");
  }

  @Test
  void create_denseTableThatLeavesNoRoomForCopies_isRefusedBeforeItIsMade() {
    EnvironmentSpec huge =
        EnvironmentSpec.of("Huge", new Discrete(2_000_000_000), new Discrete(1))
            .withMaxEpisodeSteps(9);

    for (String id : List.of("q-learning", "n-step-td", "reinforce", "batch-td")) {
      LearnerEntry entry = REGISTRY.get(LearnerEntry.class, id);
      assertThatThrownBy(() -> entry.create(context(huge), Map.of()))
          .isInstanceOf(TooLargeException.class)
          .hasMessageContaining("a table for Huge of 2,000,000,000 states × 1 values needs 16.0 GB")
          .hasMessageContaining("give the observations fewer values");
    }
    LearnerEntry entry = REGISTRY.get(LearnerEntry.class, "q-learning");
    assertThatThrownBy(() -> entry.create(context(huge), Map.of()))
        .hasMessageContaining("; set values=hashed, ");
    assertThat(entry.create(context(huge), Map.of("values", "hashed"))).isNotNull();
  }

  private static LearnerContext context(EnvironmentSpec spec) {
    return withRegistry(LearnerContext.of(spec, 1, Streams.of(0), Tasks.progress(0, 0)));
  }

  @Test
  void create_valuesThatAreNoTable_areRefused() {
    LearnerEntry entry = REGISTRY.get(LearnerEntry.class, "q-learning");
    EnvironmentSpec spec = Tasks.chain();

    assertThatThrownBy(() -> entry.create(context(spec), Map.of("values", "hash")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown value function 'hash', did you mean 'hashed'?");
    assertThatThrownBy(() -> entry.create(context(spec), Map.of("values", "example/zero")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the values of q-learning cannot be 'example/zero'");
    assertThatThrownBy(() ->
            entry.create(
                LearnerContext.of(spec, 1, Streams.of(0), Tasks.progress(0, 0)),
                Map.of("values", "example/cells")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("made without a registry");
  }
}
