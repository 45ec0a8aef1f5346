package org.bellmanrl.lab.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.junit.jupiter.api.Test;

class GridPainterTest {
  /** Two layers of a line: a place, a wall, a place and the goal. */
  private static final class Line implements GridView {
    @Override
    public int height() {
      return 1;
    }

    @Override
    public int width() {
      return 4;
    }

    @Override
    public int layers() {
      return 2;
    }

    @Override
    public String layer(int layer) {
      return "layer " + layer;
    }

    @Override
    public int state(int layer, int row, int column) {
      return column == 1 ? -1 : 4 * layer + column;
    }

    @Override
    public char tile(int layer, int row, int column) {
      return "S#.G".charAt(column);
    }

    @Override
    public boolean terminal(int layer, int row, int column) {
      return column == 3;
    }

    @Override
    public char glyph(int action) {
      return "←→".charAt(action);
    }
  }

  /** Values of 8 states and 2 actions: those of the first layer are all 0. */
  private static final class Known implements Learner, ValueFunction {
    private static final double[] Q = {0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0.25, 0, 0, -1, 1, 0, 0};

    private final double[] q;

    Known(double... q) {
      this.q = q;
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public void evaluate(Rows rows, Observations observations, double[] values) {
      for (int i = 0; i < rows.count(); i++) {
        int state = observations.values().ints()[rows.at(i)];
        System.arraycopy(q, 2 * state, values, 2 * rows.at(i), 2);
      }
    }

    @Override
    public Known snapshot() {
      return this;
    }

    @Override
    public Optional<ValueFunction> values() {
      return Optional.of(this);
    }

    @Override
    public Policy behaviour() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Policy policy() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void observe(Transitions transitions) {}

    @Override
    public void carry(State state) {}
  }

  private static GridPainter painter(boolean colour, boolean ascii, int width) {
    EnvironmentSpec spec = EnvironmentSpec.of("line", new Discrete(8), new Discrete(2));
    StateTable table = StateTable.of(spec, new Known(Known.Q), Known::new).orElseThrow();
    return new GridPainter(new Line(), table, new GridPainter.Style(colour, ascii, width));
  }

  @Test
  void draw_inPlainText_putsActionsBesideValues() {
    assertThat(painter(false, false, 80).draw(List.of(0, 1)))
        .isEqualTo(
            """
            layer 0
            policy         V(s)
             ·  #  ·  G     0.00     #  0.00     G
            layer 1
            policy         V(s)
             ←  #  →  G     0.50     #  1.00     G
            """);
  }

  @Test
  void draw_inANarrowTerminal_putsValuesBelow() {
    assertThat(painter(false, true, 30).draw(List.of(1)))
        .isEqualTo(
            """
            layer 1
            policy
             <  #  >  G
            V(s)
             0.50     #  1.00     G
            """);
  }

  @Test
  void draw_withColours_goesFromDarkToBright() {
    String drawn = painter(true, false, 80).draw(List.of(1));
    assertThat(drawn).contains("\u001b[38;5;255;48;5;53m ← \u001b[0m");
    assertThat(drawn).contains("\u001b[38;5;16;48;5;221m → \u001b[0m");
    assertThat(drawn.replaceAll("\u001b\\[[0-9;]*m", "").replaceAll(" +\n", "\n"))
        .isEqualTo(painter(false, false, 80).draw(List.of(1)));
  }

  @Test
  void liveliest_prefersLayersInWhichSomethingWasLearned() {
    assertThat(painter(false, false, 80).liveliest(1)).containsExactly(1);
    assertThat(painter(false, false, 80).liveliest(9)).containsExactly(0, 1);
  }

  @Test
  void of_aTaskWithoutNumberedStates_isEmpty() {
    EnvironmentSpec spec =
        EnvironmentSpec.of("box", org.bellmanrl.api.space.Box.of(0, 1, 3), new Discrete(2));
    assertThat(StateTable.of(spec, new Known(Known.Q), Known::new)).isEmpty();
  }

  @Test
  void of_aMaskedTask_leavesOutActionsThatNeverLearned() {
    EnvironmentSpec spec =
        EnvironmentSpec.of("masked", new Discrete(3), new Discrete(2)).withMask();
    StateTable table =
        StateTable.of(
                spec, new Known(20, 3, 20, 20, -1, -2), () -> new Known(20, 20, 20, 20, 20, 20))
            .orElseThrow();
    assertThat(table.action(0)).isEqualTo(1);
    assertThat(table.value(0)).isEqualTo(3);
    assertThat(table.action(1)).isEqualTo(-1);
    assertThat(table.value(1)).isEqualTo(20);
    assertThat(table.action(2)).isZero();
  }
}
