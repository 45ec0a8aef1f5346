package org.bellmanrl.env.textbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.env.textbook.WindyGridworldOptions.Moves;
import org.junit.jupiter.api.Test;

final class GridTasksTest {
  private static final int UP = 0;
  private static final int RIGHT = 1;
  private static final int DOWN = 2;
  private static final int LEFT = 3;

  /** The shortest ways: 15 steps by the figure of example 6.5; 7 for kings, staying or not. */
  @Test
  void windy_shortestWays_areThoseOfTheBook() {
    assertThat(windy(Moves.FOUR, false)).isEqualTo(-15);
    assertThat(windy(Moves.KINGS, false)).isEqualTo(-7);
    assertThat(windy(Moves.KINGS_AND_STAY, false)).isEqualTo(-7);
    assertThat(windy(Moves.KINGS, true)).isLessThan(-7);
  }

  private static double windy(Moves moves, boolean stochastic) {
    return Values.start(
        new WindyGridworld(new WindyGridworldOptions(moves, stochastic)).model(), 1);
  }

  @Test
  void windy_step_isBlownByTheColumnThatIsLeft() {
    try (Simulation task = begin(new WindyGridworld(WindyGridworldOptions.defaults()))) {
      int[] places = {31, 32, 33, 24, 15, 6, 7, 8, 9, 19, 29, 39, 49, 48, 37};
      for (int place : places) {
        int now = task.observations().values().ints()[0];
        int action = now % 10 == 9 ? DOWN : RIGHT;
        task.step(now == 49 || now == 48 ? LEFT : action);
        assertThat(task.observations().values().ints()[0]).isEqualTo(place);
        assertThat(task.reward()).isEqualTo(-1);
      }
      assertThat(task.ended()).isTrue();
    }
  }

  @Test
  void windy_text_tellsTheWind() {
    WindyGridworld windy = new WindyGridworld(WindyGridworldOptions.defaults());
    assertThat(windy.capability(TextView.class).orElseThrow().text(false))
        .endsWith(" 0  0  0  1  1  1  2  2  1  0 \n");
  }

  @Test
  void dynaMaze_start_isFourteenStepsFromTheGoal() {
    DynaMaze maze = new DynaMaze(DynaMazeOptions.defaults());
    assertThat(Values.start(maze.model(), 0.95)).isCloseTo(Math.pow(0.95, 13), within(1e-12));
  }

  @Test
  void changingMazes_shortestWays_areThoseOfTheFigures() {
    ChangingMaze blocking = ChangingMaze.blocking(ChangingMazeOptions.blocking());
    assertThat(Values.start(blocking.modelBefore(), 0.9))
        .isCloseTo(Math.pow(0.9, 9), within(1e-12));
    assertThat(Values.start(blocking.modelAfter(), 0.9))
        .isCloseTo(Math.pow(0.9, 15), within(1e-12));
    ChangingMaze shortcut = ChangingMaze.shortcut(ChangingMazeOptions.shortcut());
    assertThat(Values.start(shortcut.modelBefore(), 0.9))
        .isCloseTo(Math.pow(0.9, 15), within(1e-12));
    assertThat(Values.start(shortcut.modelAfter(), 0.9)).isCloseTo(Math.pow(0.9, 9), within(1e-12));
  }

  @Test
  void changingMaze_steps_areCountedAcrossEpisodes() {
    ChangingMaze maze = ChangingMaze.blocking(new ChangingMazeOptions(6, 0));
    try (Simulation task = begin(maze)) {
      for (int episode = 0; episode < 3; episode++) {
        assertThat(maze.changed()).isFalse();
        task.step(LEFT);
        task.step(RIGHT);
        task.reset();
      }
      assertThat(maze.changed()).isTrue();
    }
  }

  /** The agent stands where the wall opens when it closes. */
  @Test
  void changingMaze_wallClosesOverSomebody_whoCanStillLeave() {
    ChangingMaze maze = ChangingMaze.blocking(new ChangingMazeOptions(7, 0));
    try (Simulation task = begin(maze)) {
      for (int action : new int[] {RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, UP, UP}) {
        task.step(action);
      }
      assertThat(task.observations().values().ints()[0]).isEqualTo(3 * 9 + 8);
      assertThat(maze.capability(GridView.class).orElseThrow().state(0, 3, 8)).isEqualTo(-1);
      assertThat(task.ended()).isFalse();
      task.step(UP);
      assertThat(task.observations().values().ints()[0]).isEqualTo(2 * 9 + 8);
      task.step(DOWN);
      assertThat(task.observations().values().ints()[0]).isEqualTo(2 * 9 + 8);
    }
  }

  @Test
  void changingMaze_restored_knowsItsSteps() {
    ChangingMaze maze = ChangingMaze.shortcut(new ChangingMazeOptions(2, 0));
    ChangingMaze other = ChangingMaze.shortcut(new ChangingMazeOptions(2, 0));
    try (Simulation task = begin(maze)) {
      task.step(LEFT);
      task.step(LEFT);
    }
    BinaryState.fromBytes(BinaryState.toBytes(maze), other);
    assertThat(other.changed()).isTrue();
  }

  @Test
  void options_outOfRange_nameValueAndRange() {
    assertThatThrownBy(() -> new ChangingMazeOptions(-1, 0))
        .hasMessage("change_after must be at least 0, was -1");
    assertThatThrownBy(() -> new DynaMazeOptions(-1))
        .hasMessage("max_episode_steps must be at least 0, was -1");
  }

  private static Simulation begin(Environment environment) {
    Simulation simulation = new Simulation(environment);
    simulation.reset(1);
    return simulation;
  }
}
