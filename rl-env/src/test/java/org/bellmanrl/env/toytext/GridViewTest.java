package org.bellmanrl.env.toytext;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.env.Environments;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A grid shows every state in which something is to be decided, once, and marks the ends. */
class GridViewTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FrozenLake-v1",
        "FrozenLake8x8-v1",
        "CliffWalking-v1",
        "Taxi-v4",
        "Maze-v1",
        "Blackjack-v1"
      })
  void state_everyCell_agreesWithTheModel(String id) {
    Map<String, ?> options = id.startsWith("Black") ? Map.of("sab", false) : Map.of();
    Environment environment = Environments.single(id, options);
    FiniteModel model = environment.capability(Modelled.class).orElseThrow().model();
    GridView grid = environment.capability(GridView.class).orElseThrow();
    Set<Integer> shown = new HashSet<>();
    Set<Integer> ends = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (int layer = 0; layer < grid.layers(); layer++) {
      assertThat(names.add(grid.layer(layer))).isTrue();
      for (int row = 0; row < grid.height(); row++) {
        for (int column = 0; column < grid.width(); column++) {
          int state = grid.state(layer, row, column);
          if (state >= 0) {
            assertThat(state).isLessThan(model.states());
            assertThat(shown.add(state)).as("state %d shown once", state).isTrue();
            if (grid.terminal(layer, row, column)) {
              ends.add(state);
            }
          }
          assertThat(grid.tile(layer, row, column)).isBetween(' ', 'z');
        }
      }
    }

    Set<Integer> decided = decided(model);
    assertThat(shown).containsAll(decided);
    assertThat(ends).doesNotContainAnyElementsOf(decided);
    for (int action = 0; action < model.actions(); action++) {
      assertThat(grid.glyph(action)).isNotEqualTo(' ');
    }
  }

  /** States that an episode can be in without having ended. */
  private static Set<Integer> decided(FiniteModel model) {
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>();
    for (int s = 0; s < model.states(); s++) {
      if (model.initial(s) > 0 && seen.add(s)) {
        open.add(s);
      }
    }
    while (!open.isEmpty()) {
      int s = open.remove();
      for (int i = model.from(s, 0); i < model.to(s, model.actions() - 1); i++) {
        if (!model.terminated(i) && seen.add(model.next(i))) {
          open.add(model.next(i));
        }
      }
    }
    return seen;
  }
}
