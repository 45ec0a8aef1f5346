package org.bellmanrl.tabular.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbering of states in the order in which they are seen, and the tables that grow with it. */
final class HashedStatesTest {

  static List<Space> spaces() {
    return List.of(
        new Discrete(1000),
        new MultiDiscrete(1 << 30, 1 << 30, 1 << 30),
        new MultiBinary(40),
        Box.pixels(2, 2, 1),
        Dict.of(Map.of("map", Box.pixels(3, 1, 1), "room", new Discrete(8))),
        new Tuple(List.of(new Discrete(5), new MultiBinary(3))));
  }

  /** Values of few kinds, so that many repeat, in a random order. */
  private static void draw(Columns columns, int row, Random random) {
    for (int i = 0; i < columns.layout().ints(); i++) {
      columns.ints()[row * columns.layout().ints() + i] = random.nextInt(5) * 31;
    }
    for (int i = 0; i < columns.layout().bytes(); i++) {
      columns.bytes()[row * columns.layout().bytes() + i] = (byte) random.nextInt(2);
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void number_randomStates_areThoseOfAMap(Space space) {
    HashedStates states = new HashedStates(space);
    Columns columns = new Columns(space, 3);
    Map<String, Integer> expected = new HashMap<>();
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      int row = i % 3;
      draw(columns, row, random);
      Integer known = expected.putIfAbsent(columns.text(row), expected.size());

      assertThat(states.find(columns, row)).isEqualTo(known == null ? StateIndex.ABSENT : known);
      int number = known == null ? expected.size() - 1 : known;
      assertThat(states.number(columns, row)).isEqualTo(number);
      assertThat(states.find(columns, row)).isEqualTo(number);
      assertThat(states.size()).isEqualTo(expected.size());
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void carry_manyStates_findsThemAndGoesOn(Space space) {
    HashedStates states = new HashedStates(space);
    HashedStates restored = new HashedStates(space);
    Columns columns = new Columns(space, 300);
    Random random = new Random(3);
    for (int row = 0; row < 300; row++) {
      draw(columns, row, random);
      if (row < 200) {
        states.number(columns, row);
      }
    }

    BinaryState.fromBytes(BinaryState.toBytes(states), restored);

    assertThat(BinaryState.toBytes(restored)).isEqualTo(BinaryState.toBytes(states));
    for (int row = 0; row < 300; row++) {
      assertThat(restored.find(columns, row)).isEqualTo(states.find(columns, row));
    }
    for (int row = 0; row < 300; row++) {
      assertThat(restored.number(columns, row)).isEqualTo(states.number(columns, row));
    }
  }

  @Test
  void carry_otherSpace_isRefused() {
    HashedStates states = new HashedStates(new MultiDiscrete(9, 9));
    states.number(new Columns(new MultiDiscrete(9, 9), 1), 0);
    byte[] saved = BinaryState.toBytes(states);

    assertThatThrownBy(() -> BinaryState.fromBytes(saved, new HashedStates(new Discrete(81))))
        .isInstanceOf(StateException.class)
        .hasMessage(
            "a saved table has 1 states with 2 ints and 0 bytes, expected 1 and 0 per state");
  }

  @Test
  void create_realNumbers_areRefused() {
    assertThatThrownBy(() -> new HashedStates(Box.of(0, 1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a hashed table needs observations in whole numbers");
  }

  @Test
  void table_unseenState_hasTheInitialValueAndGetsNoNumber() {
    EnvironmentSpec spec = EnvironmentSpec.of("Many", new Discrete(1 << 30), new Discrete(2));
    QTable q = new QTable(spec, new HashedStates(spec.observationSpace()), 7);
    VTable v = new VTable(spec, new HashedStates(spec.observationSpace()), 8);
    Observations observations = new Observations(spec, 2);
    observations.values().ints()[1] = 123_456_789;
    q.add(q.first(observations, 1) + 1, 2);
    v.add(v.state(observations, 1), 2);

    double[] actionValues = new double[4];
    double[] stateValues = new double[2];
    q.evaluate(Rows.all(2), observations, actionValues);
    v.evaluate(Rows.all(2), observations, stateValues);

    assertThat(actionValues).containsExactly(7, 7, 7, 9);
    assertThat(stateValues).containsExactly(8, 10);
    assertThat(q.max(observations, 0)).isEqualTo(7);
    assertThat(q.max(observations, 1)).isEqualTo(9);
    assertThat(q.states()).isEqualTo(1);
    assertThat(v.states()).isEqualTo(1);
  }

  @Test
  void snapshot_laterStates_doNotShowAndCannotBeAdded() {
    EnvironmentSpec spec = EnvironmentSpec.of("Many", new Discrete(1 << 30), new Discrete(2));
    QTable q = new QTable(spec, new HashedStates(spec.observationSpace()), 0);
    Observations observations = new Observations(spec, 500);
    for (int row = 0; row < 500; row++) {
      observations.values().ints()[row] = 1000 * row;
    }
    q.set(q.first(observations, 0) / 2, 1, 5);
    QTable then = q.snapshot();
    for (int row = 0; row < 500; row++) {
      q.set(q.first(observations, row) / 2, 1, 6);
    }

    assertThat(then.max(observations, 0)).isEqualTo(5);
    assertThat(then.max(observations, 499)).isZero();
    assertThat(then.states()).isEqualTo(1);
    assertThatThrownBy(() -> then.first(observations, 499))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a snapshot of a table can't be written");
  }

  @Test
  void twin_growsAndIsCarriedWithItsTable() {
    EnvironmentSpec spec = EnvironmentSpec.of("Many", new Discrete(1 << 30), new Discrete(3));
    QTable q = new QTable(spec, new HashedStates(spec.observationSpace()), 1);
    QTable twin = q.twin(2);
    QTable q2 = new QTable(spec, new HashedStates(spec.observationSpace()), 1);
    QTable twin2 = q2.twin(2);
    Observations observations = new Observations(spec, 100);
    for (int row = 0; row < 100; row++) {
      observations.values().ints()[row] = row * row;
      int first = q.first(observations, row);
      assertThat(q.get(first + 2)).isEqualTo(1);
      assertThat(twin.get(first + 2)).isEqualTo(2);
      twin.add(first + 2, row);
    }

    BinaryState.fromBytes(BinaryState.toBytes(q, twin), q2, twin2);

    assertThat(BinaryState.toBytes(q2, twin2)).isEqualTo(BinaryState.toBytes(q, twin));
    assertThat(twin2.get(q2.first(observations, 99) + 2)).isEqualTo(101);
    observations.values().ints()[0] = -1;
    assertThat(twin2.get(q2.first(observations, 0))).isEqualTo(2);
  }
}
