package org.bellmanrl.api.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.BinaryState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpacesTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  static Stream<Space> spaces() {
    return Stream.of(
        new Discrete(3),
        new Discrete(4, -2),
        new MultiDiscrete(2, 5, 3),
        new MultiDiscrete(new int[] {3, 2}, new int[] {-4, 7}),
        new MultiBinary(5),
        Box.of(-1, 1, 2, 3),
        Box.of(
            new float[] {-INFINITY, 0, -INFINITY, -2}, new float[] {INFINITY, INFINITY, 5, 2.5f}),
        Box.pixels(4, 3, 2),
        Box.bytes(1, 10, 10, 4),
        Tuple.of(new Discrete(32), new Discrete(11), new Discrete(2)),
        Dict.of(
            Map.of(
                "position", Box.of(0, 1, 2),
                "camera", Box.pixels(2, 2, 1),
                "gear", new Discrete(5, 1),
                "inner", Tuple.of(new MultiBinary(3), Box.of(-3, 3, 1), new Discrete(2)))));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void sample_anyRow_isContainedAndLeavesTheOthersAlone(Space space) {
    RandomStream random = RandomStream.ofSeed(1);
    Columns columns = new Columns(space, 3);
    String untouched = columns.text(0) + columns.text(2);
    TreeSet<String> seen = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      space.sample(random, columns, 1);
      assertThat(space.contains(columns, 1)).as(columns.text(1)).isTrue();
      seen.add(columns.text(1));
    }
    assertThat(seen).hasSizeGreaterThan(1);
    assertThat(columns.text(0) + columns.text(2)).isEqualTo(untouched);
  }

  /** What Gymnasium 1.3.0's spaces draw from seed 7. */
  @Test
  void sample_withMaskOrProbabilities_drawsAsGymnasium() {
    boolean[] mask = {true, false, true, false, true, true, true};
    double[] chances = {0.5, 0, 0.5, 0.1, 0.2, 0.3, 0.4};
    Space multi = new MultiDiscrete(new int[] {3, 4}, new int[] {10, -5});
    assertThat(drawn(multi, 6, (random, into) -> multi.sample(random, into, 0)))
        .isEqualTo("[11, -2] [12, -5] [10, -2] [10, -2] [12, -4] [10, -4]");
    assertThat(drawn(multi, 6, (random, into) -> multi.sample(random, mask, 0, into, 0)))
        .isEqualTo("[12, -3] [12, -2] [12, -2] [12, -4] [10, -4] [10, -2]");
    assertThat(drawn(multi, 6, (random, into) -> multi.sample(random, chances, into, 0)))
        .isEqualTo("[12, -2] [12, -4] [10, -2] [10, -2] [12, -3] [10, -4]");
    Space five = new Discrete(5, -2);
    boolean[] some = {false, true, false, true, true, false};
    assertThat(drawn(five, 10, (random, into) -> five.sample(random, some, 1, into, 0)))
        .isEqualTo("1 0 1 1 0 1 1 -2 -2 -2");
    Space four = new Discrete(4, 3);
    double[] each = {0.1, 0.2, 0.3, 0.4};
    assertThat(drawn(four, 10, (random, into) -> four.sample(random, each, into, 0)))
        .isEqualTo("6 6 6 4 5 6 3 6 6 5");
  }

  private static String drawn(Space space, int times, BiConsumer<RandomStream, Columns> sample) {
    RandomStream random = RandomStream.ofSeed(7);
    Columns into = new Columns(space, 1);
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      sample.accept(random, into);
      drawn.add(into.text(0));
    }
    return String.join(" ", drawn);
  }

  @Test
  void sample_withMaskOfBits_keepsToIt() {
    Space bits = new MultiBinary(3);
    Columns into = new Columns(bits, 1);
    boolean[] mask = {true, false, false, true, true, true};
    TreeSet<String> seen = new TreeSet<>();
    RandomStream random = RandomStream.ofSeed(1);
    for (int i = 0; i < 50; i++) {
      bits.sample(random, mask, 0, into, 0);
      seen.add(into.text(0));
    }
    assertThat(seen).containsExactly("[0, 1, 0]", "[0, 1, 1]");
  }

  @Test
  void sample_withWrongMaskOrProbabilities_isRefused() {
    Space space = new MultiDiscrete(2, 2);
    Columns into = new Columns(space, 1);
    RandomStream random = RandomStream.ofSeed(1);
    boolean[] none = {true, true, false, false};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> space.sample(random, none, 0, into, 0))
        .withMessage(
            "a mask must allow at least one choice, allowed none of the 2 of element 1 of"
                + " MultiDiscrete[2, 2]");
    assertThatThrownBy(() -> space.sample(random, none, 1, into, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> space.sample(random, new double[] {1, 0}, into, 0))
        .withMessage("MultiDiscrete[2, 2] needs 4 probabilities, had 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> space.sample(random, new double[] {1, 0, 0.5, 0.6}, into, 0))
        .withMessageContaining("must be 1");
    Space box = Box.of(0, 1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> box.sample(random, none, 0, new Columns(box, 1), 0))
        .withMessageContaining("have choices");
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void columns_savedOrCopied_areEqual(Space space) {
    RandomStream random = RandomStream.ofSeed(2);
    Columns columns = new Columns(space, 2);
    space.sample(random, columns, 0);
    space.sample(random, columns, 1);
    Columns restored = new Columns(space, 2);
    BinaryState.fromBytes(BinaryState.toBytes(columns), restored);
    assertThat(restored.text(0)).isEqualTo(columns.text(0));
    assertThat(restored.text(1)).isEqualTo(columns.text(1));
    restored.copyRow(columns, 0, 1);
    assertThat(restored.text(1)).isEqualTo(columns.text(0));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void productIndex_ofFiniteSpace_isOneToOne(Space space) {
    ProductIndex.of(space)
        .ifPresent(index -> {
          Columns columns = new Columns(space, 2);
          for (int i = 0; i < index.size(); i++) {
            index.set(i, columns, 1);
            assertThat(space.contains(columns, 1)).isTrue();
            assertThat(index.of(columns, 1)).isEqualTo(i);
          }
        });
  }

  @Test
  void productIndex_sizes_areProducts() {
    assertThat(spaces().map(space -> ProductIndex.of(space).map(ProductIndex::size).orElse(-1)))
        .containsExactly(3, 4, 30, 6, 32, -1, -1, -1, -1, 704, -1);
    assertThat(ProductIndex.of(new MultiDiscrete(1 << 16, 1 << 16))).isEmpty();
    Columns columns = new Columns(Tuple.of(new Discrete(3), new Discrete(4)), 1);
    columns.ints()[0] = 2;
    columns.ints()[1] = 1;
    assertThat(ProductIndex.of(columns.space()).orElseThrow().of(columns, 0)).isEqualTo(9);
  }

  @Test
  void contains_valuesOutside_refusesThem() {
    Columns discrete = new Columns(new Discrete(4, -2), 1);
    discrete.ints()[0] = 2;
    assertThat(discrete.space().contains(discrete, 0)).isFalse();
    discrete.ints()[0] = -3;
    assertThat(discrete.space().contains(discrete, 0)).isFalse();
    Columns box = new Columns(Box.of(-1, 1, 2), 1);
    box.floats()[1] = Float.NaN;
    assertThat(box.space().contains(box, 0)).isFalse();
    box.floats()[1] = 1.5f;
    assertThat(box.space().contains(box, 0)).isFalse();
    Columns bits = new Columns(new MultiBinary(2), 1);
    bits.bytes()[1] = 2;
    assertThat(bits.space().contains(bits, 0)).isFalse();
    Columns multi = new Columns(new MultiDiscrete(2, 2), 1);
    multi.ints()[0] = 2;
    assertThat(multi.space().contains(multi, 0)).isFalse();
  }

  @Test
  void constructors_impossibleSpaces_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Discrete(0))
        .withMessage("n of a Discrete space must be at least 1, was 0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Discrete(2, Integer.MAX_VALUE));
    assertThatIllegalArgumentException().isThrownBy(() -> new MultiDiscrete(2, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new MultiBinary(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Box.of(1, -1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Box.of(Float.NaN, 1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Box.pixels(0, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Box.bytes(256, 3))
        .withMessage("high must be in [1, 255], was 256");
    assertThatIllegalArgumentException().isThrownBy(() -> Box.bytes(0, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tuple(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> Dict.of(Map.of("a/b", new Discrete(2))));
  }

  @Test
  void spaces_compareByValue() {
    assertThat(spaces().toList()).isEqualTo(spaces().toList());
    assertThat(spaces().map(Space::hashCode)).isEqualTo(spaces().map(Space::hashCode).toList());
    assertThat(Box.of(0, 1, 4)).isNotEqualTo(Box.of(0, 1, 2, 2));
  }

  @Test
  void cursor_onNestedSpace_addressesItsLeaves() {
    Space space =
        Dict.of(Map.of("place", Box.of(0, 9, 2), "eye", Box.pixels(3), "gear", new Discrete(5)));
    EnvironmentSpec spec = EnvironmentSpec.of("Task", space, new Discrete(2)).withMask();
    Observations observations = new Observations(spec, 2);
    Layout layout = observations.values().layout();
    Observation observation = new Observation(observations).at(1);
    observation.setOf(layout.leaf("place"), 1, 2.5);
    observation.setUnsignedOf(layout.leaf("eye"), 2, 200);
    observation.setDiscreteOf(layout.leaf("gear"), 0, 4);
    observation.allow(1, true);
    assertThat(observations.values().text(1))
        .isEqualTo("{eye=[0, 0, 200], gear=4, place=[0.0, 2.5]}");
    assertThat(observation.getOf(layout.leaf("place"), 1)).isEqualTo(2.5f);
    assertThat(observation.unsignedOf(layout.leaf("eye"), 2)).isEqualTo(200);
    assertThat(observation.discreteOf(layout.leaf("gear"), 0)).isEqualTo(4);
    assertThat(observations.allows(1, 1)).isTrue();
    assertThat(observations.allows(1, 0)).isFalse();
    assertThat(observations.values().text(0))
        .isEqualTo("{eye=[0, 0, 0], gear=0, place=[0.0, 0.0]}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> observation.setOf(layout.leaf("gear"), 0, 1))
        .withMessageContaining("part 'gear'")
        .withMessageContaining("holds INT32, not FLOAT32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout.leaf("wheel"))
        .withMessage("no part is called 'wheel', there are: [eye, gear, place]");
  }

  @Test
  void cursor_setManyBytes_staysInItsRow() {
    EnvironmentSpec spec = EnvironmentSpec.of("Task", Box.pixels(3), new Discrete(2));
    Observations observations = new Observations(spec, 3);
    Observation observation = new Observation(observations).at(1);
    observation.setUnsigned(1, new byte[] {7, (byte) 200});
    assertThat(observations.values().bytes()).containsExactly(0, 0, 0, 0, 7, (byte) 200, 0, 0, 0);
    assertThatThrownBy(() -> observation.setUnsigned(2, new byte[2]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void cursor_wrongElement_isRefusedBeforeTheNextRowIsTouched() {
    EnvironmentSpec spec = EnvironmentSpec.of("Task", Box.of(0, 1, 2), new Discrete(2));
    Observations observations = new Observations(spec, 2);
    Observation observation = new Observation(observations);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> observation.set(2, 1))
        .withMessage("element must be in [0, 2) of Box([2], 0.0, 1.0, float32), was 2");
    assertThatIllegalArgumentException().isThrownBy(() -> observation.setDiscrete(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> observation.allow(0, true))
        .withMessageContaining("declares no action mask");
    Action action = new Action(new Columns(new Discrete(2), 1));
    assertThatIllegalArgumentException().isThrownBy(() -> action.get(0));
  }

  @Test
  void rows_outOfOrder_areRefused() {
    Rows rows = new Rows(3).add(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rows.add(1))
        .withMessage("rows are listed in ascending order, each in [2, 3), was 1");
    assertThatIllegalArgumentException().isThrownBy(() -> rows.add(3));
    assertThat(rows.isAll()).isFalse();
    assertThat(rows.fill().isAll()).isTrue();
  }
}
