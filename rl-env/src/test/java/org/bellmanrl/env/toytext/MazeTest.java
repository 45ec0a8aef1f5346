package org.bellmanrl.env.toytext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.env.Environments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MazeTest {
  private static final int LEFT = 0;
  private static final int DOWN = 1;
  private static final int RIGHT = 2;

  @ParameterizedTest
  @CsvSource({
    "desc, 'S.,..', 'no cheese'",
    "desc, '..,.C', 'no start'",
    "desc, 'S..,.C', 'row 0 has 3 places, row 1 has 2'",
    "desc, 'SQ,.C', 'unknown character ''Q'''",
    "desc, 'S#C', 'no cheese can be reached from the start at row 0, column 0'",
    "desc, 'SPC', 'no cheese can be reached from the start at row 0, column 0'",
    "desc, 'SC#S', 'no cheese can be reached from the start at row 0, column 3'",
    "desc, 'SCC', 'cheese at row 0, column 2 can''t be reached'",
    "map_name, labyrinth, 'corridor, course, dyna, mouse, rooms'",
    "slip, 1.01, '[0, 1], was 1.01'",
    "step_reward, nan, 'step_reward must be finite'",
    "cheese_reward, inf, 'cheese_reward must be finite'",
    "crumb_reward, -inf, 'crumb_reward must be finite'",
    "poison_reward, nan, 'poison_reward must be finite'",
    "max_episode_steps, 0, 'at least 1'"
  })
  void create_badOption_refusedWithItsNameAndValue(String option, String value, String message) {
    assertThatThrownBy(() -> Environments.single("Maze-v1", Map.of(option, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void create_everyNamedMap_accepted() {
    assertThat(MazeMaps.names()).containsExactly("corridor", "course", "dyna", "mouse", "rooms");
    for (String name : MazeMaps.names()) {
      assertThat(new Maze(MazeOptions.defaults().withMapName(name)).model().states())
          .isEqualTo(MazeMaps.named(name).size() * MazeMaps.named(name).getFirst().length());
    }
  }

  @Test
  void create_mapInOneText_splitAtLineBreaks() {
    Maze maze = new Maze(MazeOptions.defaults().withMap(List.of("S.#\n#.C\n")));
    assertThat(maze.spec().observationSpace()).hasToString("Discrete(6)");
    // Four places are open.
    assertThat(maze.spec().maxEpisodeSteps()).isEqualTo(40);
  }

  @Test
  void step_wallCrumbPoisonCheese_paidAsTheOptionsSay() {
    Map<String, ?> options =
        Map.of(
            "desc", "Sc.,#PC",
            "step_reward", -0.5,
            "crumb_reward", 2,
            "poison_reward", -10,
            "cheese_reward", 10,
            "max_episode_steps", 7);
    Simulation simulation = new Simulation(Environments.single("Maze-v1", options));
    assertThat(simulation.spec().maxEpisodeSteps()).isEqualTo(7);
    simulation.reset(0);
    assertStep(simulation, DOWN, 0, -0.5, false);
    assertStep(simulation, LEFT, 0, -0.5, false);
    assertStep(simulation, RIGHT, 1, 2, false);
    assertStep(simulation, LEFT, 0, -0.5, false);
    assertStep(simulation, RIGHT, 1, 2, false);
    assertStep(simulation, DOWN, 4, -10, true);
    simulation.reset();
    assertStep(simulation, RIGHT, 1, 2, false);
    assertStep(simulation, RIGHT, 2, -0.5, false);
    // The edge: no crumb is found by not moving either.
    assertStep(simulation, RIGHT, 2, -0.5, false);
    assertStep(simulation, DOWN, 5, 10, true);
  }

  private static void assertStep(
      Simulation simulation, int action, int state, double reward, boolean terminated) {
    simulation.step(action);
    assertThat(simulation.observation().discrete()).isEqualTo(state);
    assertThat(simulation.reward()).isEqualTo(reward);
    assertThat(simulation.terminated()).isEqualTo(terminated);
  }

  @Test
  void step_againstTheEdgeOnACrumb_isNotAnotherCrumb() {
    Maze maze = new Maze(MazeOptions.defaults().withMap(List.of("cSC")));
    Simulation simulation = new Simulation(maze);
    simulation.reset(0);
    assertStep(simulation, LEFT, 0, 0.1, false);
    assertStep(simulation, LEFT, 0, -0.01, false);
  }

  @Test
  void model_slip_toTheSidesWithHalfEach() {
    MazeOptions options =
        new MazeOptions(List.of("...", ".S.", "..C"), "mouse", 0, 1, 0, -1, 0.2, Optional.empty());
    FiniteModel model = new Maze(options).model();
    // Right from the middle: down, right, up, in the order of the actions around it.
    int first = model.from(4, RIGHT);
    assertThat(model.to(4, RIGHT) - first).isEqualTo(3);
    assertThat(model.next(first)).isEqualTo(7);
    assertThat(model.next(first + 1)).isEqualTo(5);
    assertThat(model.next(first + 2)).isEqualTo(1);
    assertThat(model.probability(first)).isEqualTo(0.1);
    assertThat(model.probability(first + 1)).isEqualTo(0.8);
    assertThat(model.probability(first + 2)).isEqualTo(0.1);
  }

  @Test
  void reset_severalStarts_eachComesUp() {
    Maze maze = new Maze(MazeOptions.defaults().withMap(List.of("S.C.S")));
    assertThat(maze.model().initial(0)).isEqualTo(0.5);
    assertThat(maze.model().initial(4)).isEqualTo(0.5);
    Simulation simulation = new Simulation(maze);
    int[] count = new int[5];
    simulation.reset(11);
    for (int i = 0; i < 1000; i++) {
      count[simulation.observation().discrete()]++;
      simulation.reset();
    }
    // Six standard deviations of a fair coin thrown 1000 times are 95.
    assertThat(count[0]).isBetween(405, 595);
    assertThat(count[0] + count[4]).isEqualTo(1000);
  }

  @Test
  void text_smallMap_wallsAndMouse() {
    Maze maze = new Maze(MazeOptions.defaults().withMap(List.of("S#P", ".cC")));
    new Simulation(maze).reset(0);
    assertThat(maze.capability(TextView.class).orElseThrow().text(false))
        .isEqualTo("[S]### P \n .  c  C \n");
    GridView grid = maze.capability(GridView.class).orElseThrow();
    assertThat(grid.state(0, 0, 1)).isEqualTo(-1);
    assertThat(grid.terminal(0, 0, 2)).isTrue();
    assertThat(grid.terminal(0, 1, 1)).isFalse();
  }
}
