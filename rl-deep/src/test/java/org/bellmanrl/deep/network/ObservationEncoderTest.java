package org.bellmanrl.deep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
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
import org.junit.jupiter.api.Test;

/** What networks see of observations. */
class ObservationEncoderTest {
  /** The second of two rows. */
  private static float[] encode(Columns columns) {
    ObservationEncoder encoder = new ObservationEncoder(columns.space());
    float[] into = new float[encoder.size() + 2];
    Arrays.fill(into, 9f);
    encoder.encode(columns, 1, into, 1);
    assertThat(into[0]).isEqualTo(9f);
    assertThat(into[into.length - 1]).isEqualTo(9f);
    return Arrays.copyOfRange(into, 1, into.length - 1);
  }

  private static Columns columns(Space space) {
    return new Columns(space, 2);
  }

  @Test
  void realNumbers_stay() {
    Columns columns = columns(Box.of(-9f, 9f, 2));
    columns.floats()[2] = 1.5f;
    columns.floats()[3] = -2f;

    assertThat(encode(columns)).containsExactly(1.5f, -2f);
  }

  @Test
  void discrete_becomesOneHot() {
    Columns columns = columns(new Discrete(4, 3));
    columns.ints()[1] = 5;

    assertThat(encode(columns)).containsExactly(0f, 0f, 1f, 0f);
  }

  @Test
  void multiDiscrete_becomesOneHots() {
    Columns columns = columns(new MultiDiscrete(3, 2));
    columns.ints()[2] = 2;
    columns.ints()[3] = 0;

    assertThat(encode(columns)).containsExactly(0f, 0f, 1f, 1f, 0f);
  }

  @Test
  void bits_becomeZeroAndOne() {
    Columns columns = columns(new MultiBinary(3));
    columns.bytes()[3] = 1;
    columns.bytes()[5] = 1;

    assertThat(encode(columns)).containsExactly(1f, 0f, 1f);
  }

  @Test
  void nestedSpaces_areConcatenatedInOrder() {
    Space space =
        Dict.of(Map.of("b", Tuple.of(new Discrete(2), Box.pixels(1, 2)), "a", Box.of(-1f, 1f, 1)));
    Columns columns = columns(space);
    columns.floats()[1] = 0.25f;
    columns.ints()[1] = 1;
    columns.bytes()[2] = (byte) 255;
    columns.bytes()[3] = 51;

    assertThat(encode(columns)).containsExactly(0.25f, 0f, 1f, 1f, 51 * (1f / 255));
    assertThat(new ObservationEncoder(space).input()).isEqualTo(InputSpec.vector(5));
  }

  @Test
  void pixels_stayBytes() {
    Columns columns = columns(Box.pixels(2, 2, 1));
    columns.bytes()[5] = (byte) 200;
    ObservationEncoder encoder = new ObservationEncoder(columns.space());
    byte[] into = new byte[4];
    encoder.encode(columns, 1, into, 0);

    assertThat(encoder.bytes()).isTrue();
    assertThat(encoder.input()).isEqualTo(InputSpec.pixels(2, 2, 1));
    assertThat(into).containsExactly(0, 200, 0, 0);
  }

  @Test
  void binaryPlanes_reachTheNetworkAsZeroAndOne() {
    Columns columns = columns(Box.bytes(1, 2, 2, 1));
    columns.bytes()[5] = 1;
    ObservationEncoder encoder = new ObservationEncoder(columns.space());
    assertThat(encoder.bytes()).isTrue();
    assertThat(encoder.input().scale()).isEqualTo(1f);
    assertThat(encoder.input()).isNotEqualTo(InputSpec.pixels(2, 2, 1));

    Space nested = Tuple.of(Box.bytes(1, 2), Box.bytes(4, 1));
    Columns parts = columns(nested);
    parts.bytes()[4] = 1;
    parts.bytes()[5] = 3;
    assertThat(encode(parts)).containsExactly(0f, 1f, 0.75f);
  }

  @Test
  void nanAndInfinity_areNamed() {
    for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      Columns columns = columns(Tuple.of(new Discrete(2), Box.of(-9f, 9f, 2)));
      columns.floats()[3] = value;

      assertThatThrownBy(() -> encode(columns))
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("element 1 of part '1' is " + value + " in row 1");
    }
  }

  @Test
  void requireFinite_looksAtTheListedRowsAlone() {
    Columns columns = columns(Tuple.of(new Discrete(2), Box.of(-9f, 9f, 2)));
    columns.floats()[2] = Float.NaN;
    ObservationEncoder encoder = new ObservationEncoder(columns.space());

    encoder.requireFinite(columns, new Rows(2).only(0));
    assertThatThrownBy(() -> encoder.requireFinite(columns, Rows.all(2)))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("element 0 of part '1' is NaN in row 1");
  }

  @Test
  void encode_listedRows_fillsTheFirstRowsOfTheInputs() {
    Columns pixels = new Columns(Box.pixels(1, 2, 1), 3);
    pixels.bytes()[2] = 7;
    pixels.bytes()[5] = 9;
    Columns numbers = new Columns(Box.of(-9f, 9f, 2), 3);
    numbers.floats()[2] = 7;
    numbers.floats()[5] = 9;
    Rows rows = new Rows(3).add(1).add(2);

    assertThat(workspace(pixels, rows).pixels()).containsExactly(7, 0, 0, 9);
    assertThat(workspace(numbers, rows).inputs()).containsExactly(7, 0, 0, 9);
  }

  private static Workspace workspace(Columns columns, Rows rows) {
    ObservationEncoder encoder = new ObservationEncoder(columns.space());
    Network network =
        Network.create(
            NetworkSpec.of(encoder.input(), new Flatten(), new Dense(1, Activation.NONE)),
            RandomStream.ofSeed(0));
    Workspace workspace = network.workspace(2, Workspace.Use.FORWARD);
    encoder.encode(columns, rows, workspace);
    return workspace;
  }

  @Test
  void integerOutsideItsSpace_isNamed() {
    Columns columns = columns(new Discrete(3));
    columns.ints()[1] = 3;

    assertThatThrownBy(() -> encode(columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Discrete(3)")
        .hasMessageContaining("3");
  }
}
