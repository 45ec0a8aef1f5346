package org.bellmanrl.tabular.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.tabular.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TablesTest {
  private final EnvironmentSpec spec = Tasks.chain();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 17})
  void max_randomValues_equalsThatOfComparingDoubles(int actions) {
    Random random = new Random(actions);
    EnvironmentSpec wide = EnvironmentSpec.of("Wide", new Discrete(50), new Discrete(actions));
    QTable q = new QTable(wide, 0);
    double[] special = {
      0.0,
      -0.0,
      Double.MIN_VALUE,
      -Double.MIN_VALUE,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    for (int s = 0; s < 50; s++) {
      double expected = Double.NEGATIVE_INFINITY;
      for (int a = 0; a < actions; a++) {
        double value = s % 2 == 0 ? special[random.nextInt(special.length)] : random.nextGaussian();
        q.set(s, a, value);
        expected = Math.max(expected, value);
      }
      assertThat(Double.doubleToRawLongBits(q.max(s)))
          .as("state %d", s)
          .isEqualTo(Double.doubleToRawLongBits(expected));
    }
  }

  @Test
  void evaluate_listedRows_writesTheirValuesOnly() {
    QTable q = new QTable(spec, 0);
    VTable v = new VTable(spec, 0);
    q.set(2, 0, 5);
    q.set(2, 1, 6);
    v.set(2, 7);
    Observations observations = new Observations(spec, 3);
    observations.values().ints()[1] = 2;
    Rows one = new Rows(3).add(1);
    double[] actionValues = {-1, -1, -1, -1, -1, -1};
    double[] stateValues = {-1, -1, -1};

    q.evaluate(one, observations, actionValues);
    v.evaluate(one, observations, stateValues);

    assertThat(actionValues).containsExactly(-1, -1, 5, 6, -1, -1);
    assertThat(stateValues).containsExactly(-1, 7, -1);
  }

  @Test
  void snapshot_laterWrites_doNotShow() {
    QTable q = new QTable(spec, 1);
    VTable v = new VTable(spec, 1);
    QTable qThen = q.snapshot();
    VTable vThen = v.snapshot();

    q.set(0, 0, 2);
    v.set(0, 2);

    assertThat(qThen.get(0, 0)).isEqualTo(1);
    assertThat(vThen.get(0)).isEqualTo(1);
  }

  @Test
  void snapshot_written_isRefused() {
    QTable q = new QTable(spec, 1);
    byte[] saved = BinaryState.toBytes(q);
    QTable qThen = q.snapshot();
    VTable vThen = new VTable(spec, 1).snapshot();

    assertThatThrownBy(() -> qThen.set(0, 0, 2)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> qThen.add(0, 2)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> BinaryState.fromBytes(saved, qThen)).isInstanceOf(Exception.class);
    assertThatThrownBy(() -> vThen.set(0, 2)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> vThen.add(0, 2)).isInstanceOf(IllegalStateException.class);
    assertThat(qThen.get(0, 0)).isEqualTo(1);
    assertThat(vThen.get(0)).isEqualTo(1);
  }

  @Test
  void get_actionOutOfRange_isRefused() {
    QTable q = new QTable(spec, 0);

    assertThatThrownBy(() -> q.get(0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("action must be in [0, 2), was 2");
    assertThatThrownBy(() -> q.get(3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void restore_saved_givesTheSameValues() {
    QTable q = new QTable(spec, 0.1);
    VTable v = new VTable(spec, 0.2);
    q.set(2, 1, Math.PI);
    v.set(1, -0.0);
    QTable q2 = new QTable(spec, 0);
    VTable v2 = new VTable(spec, 0);

    BinaryState.fromBytes(BinaryState.toBytes(q, v), q2, v2);

    assertThat(BinaryState.toBytes(q2, v2)).isEqualTo(BinaryState.toBytes(q, v));
    assertThat(q2.get(2, 1)).isEqualTo(Math.PI);
  }

  @Test
  void restore_otherShape_namesBoth() {
    byte[] saved = BinaryState.toBytes(new QTable(spec, 0));
    QTable transposed =
        new QTable(EnvironmentSpec.of("Other", new Discrete(2), new Discrete(3)), 0);

    assertThatThrownBy(() -> BinaryState.fromBytes(saved, transposed))
        .isInstanceOf(StateException.class)
        .hasMessage("states was saved as 3, expected 2");
  }

  @Test
  void create_infiniteSpaces_areRefused() {
    EnvironmentSpec box = EnvironmentSpec.of("Box", Box.of(0, 1, 2), new Discrete(2));

    assertThatThrownBy(() -> new QTable(box, 0)).hasMessageContaining("finite observations");
    assertThatThrownBy(() -> new VTable(box, 0)).hasMessageContaining("finite observations");
  }

  @Test
  void create_tooManyEntries_isRefused() {
    EnvironmentSpec huge =
        EnvironmentSpec.of("Huge", new MultiDiscrete(40_000, 50_000), new Discrete(4));

    assertThatThrownBy(() -> new QTable(huge, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2,000,000,000 states × 4 values needs 64.0 GB, more than 1/8 of the")
        .hasMessageContaining("GB that Java may use; give the observations fewer values, or");
    assertThatThrownBy(() -> new VTable(huge, 0))
        .hasMessageContaining("2,000,000,000 states × 1 values needs 16.0 GB");
  }

  @Test
  void create_notANumber_isRefused() {
    assertThatThrownBy(() -> new QTable(spec, Double.NaN))
        .hasMessage("initial_value must be finite, was NaN");
  }
}
