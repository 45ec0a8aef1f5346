package org.bellmanrl.api.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SpaceCheckTest {
  private static final int ROWS = 3;

  static List<Space> spaces() {
    return List.of(
        new Discrete(5),
        new Discrete(3, -2),
        new Discrete(1, Integer.MAX_VALUE),
        new Discrete(Integer.MAX_VALUE, Integer.MIN_VALUE),
        new MultiDiscrete(3, 4),
        new MultiDiscrete(new int[] {2, 3}, new int[] {-7, Integer.MAX_VALUE - 2}),
        new MultiBinary(3),
        new MultiBinary(21),
        Box.of(-1, 1, 3),
        Box.bytes(1, 5, 5, 2),
        Box.bytes(7, 9),
        Box.bytes(100, 4, 4, 1),
        Box.pixels(3, 3, 1),
        new Tuple(List.of(new Discrete(2), new MultiBinary(9), Box.bytes(3, 8))),
        Dict.of(Map.of("a", Box.pixels(2, 2, 1), "b", Box.of(0, 1, 2), "c", new Discrete(4, 3))));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void foreign_ofSamples_findsNone(Space space) {
    RandomStream random = RandomStream.ofSeed(1);
    Columns values = new Columns(space, ROWS);
    for (int i = 0; i < 20; i++) {
      for (int row = 0; row < ROWS; row++) {
        space.sample(random, values, row);
      }
      assertThat(SpaceCheck.ofActions(space).foreign(Rows.all(ROWS), values)).isEqualTo(-1);
      assertThat(SpaceCheck.ofObservations(space).foreign(Rows.all(ROWS), values)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void foreign_ofOneElementChanged_agreesWithTheSpace(Space space) {
    RandomStream random = RandomStream.ofSeed(2);
    Columns values = new Columns(space, ROWS);
    SpaceCheck check = SpaceCheck.ofActions(space);
    Rows all = Rows.all(ROWS);
    Rows one = new Rows(ROWS);
    int ints = space.layout().ints();
    int floats = space.layout().floats();
    int bytes = space.layout().bytes();
    for (int i = 0; i < 300; i++) {
      for (int row = 0; row < ROWS; row++) {
        space.sample(random, values, row);
      }
      int row = i % ROWS;
      int element = random.integers(ints + floats + bytes);
      if (element < ints) {
        int[] steps = {Integer.MIN_VALUE, -5, -1, 1, 3, 100, Integer.MAX_VALUE};
        values.ints()[row * ints + element] += steps[random.integers(steps.length)];
      } else if (element < ints + floats) {
        float[] wrong = {Float.NaN, Float.POSITIVE_INFINITY, 1.5f, -2, 0.5f};
        values.floats()[row * floats + element - ints] = wrong[random.integers(wrong.length)];
      } else {
        values.bytes()[row * bytes + element - ints - floats] = (byte) random.integers(256);
      }
      int expected = space.contains(values, row) ? -1 : row;
      assertThat(check.foreign(all, values)).isEqualTo(expected);
      assertThat(check.foreign(one.only(row), values)).isEqualTo(expected);
      assertThat(check.foreign(one.only((row + 1) % ROWS), values)).isEqualTo(-1);
      SpaceCheck observed = SpaceCheck.ofObservations(space);
      if (observed.foreign(one.only(row), values) >= 0) {
        assertThat(
                observed.complaint(EnvironmentSpec.of("Task", space, new Discrete(2)), values, row))
            .matches("observation.* of Task must be (finite|in .*), was .*");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1.5, -1", "-1e30, -1", "NaN, 1", "Infinity, 1", "-Infinity, 1"})
  void foreign_ofRealObservations_asksForFiniteOnesOnly(float value, int expected) {
    Space space = Box.of(-1, 1, 2);
    Columns values = new Columns(space, ROWS);
    values.floats()[2] = value;
    SpaceCheck check = SpaceCheck.ofObservations(space);
    assertThat(check.foreign(Rows.all(ROWS), values)).isEqualTo(expected);
    if (expected >= 0) {
      EnvironmentSpec task =
          EnvironmentSpec.of("Task", space, new Discrete(2))
              .withLegend(new Legend(List.of("angle, rad", "speed"), List.of(), ""));
      assertThat(check.complaint(task, values, 1))
          .isEqualTo("observation element 0 (angle, rad) of Task must be finite, was " + value);
    }
  }
}
