package org.bellmanrl.env.minatar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.env.wrapper.Hide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinAtarTest {
  private static final MinAtarOptions CALM =
      MinAtarOptions.defaults().withStickyActionProb(0).withDifficultyRamping(false);

  private static Environment environment(String game, MinAtarOptions options) {
    return switch (game) {
      case "Asterix" -> new Asterix(options);
      case "Breakout" -> new Breakout(options);
      case "Freeway" -> new Freeway(options);
      case "Seaquest" -> new Seaquest(options);
      case "SpaceInvaders" -> new SpaceInvaders(options);
      default -> throw new IllegalArgumentException(game);
    };
  }

  @ParameterizedTest
  @CsvSource({"Asterix,5,4", "Breakout,3,4", "Freeway,3,7", "Seaquest,6,10", "SpaceInvaders,4,6"})
  void spec_hasTheMinimalActionsOrAll(String game, int minimal, int channels) {
    Environment small = environment(game, MinAtarOptions.defaults());
    assertThat(small.spec().actionSpace()).isEqualTo(new Discrete(minimal));
    assertThat(small.spec().observationSpace()).isEqualTo(Box.bytes(1, 10, 10, channels));
    Environment full = environment(game, MinAtarOptions.defaults().withUseMinimalActionSet(false));
    assertThat(full.spec().actionSpace()).isEqualTo(new Discrete(6));
    assertThat(full.spec().name()).isEqualTo("MinAtar/" + game + "-v1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Asterix       | 0 player, 1 enemy, 2 trail, 3 gold",
        "Breakout      | 0 paddle, 1 ball, 2 trail, 3 brick",
        "Freeway       | 5 trail of a car that moves every 4th step",
        "Seaquest      | 3 trail, 4 enemy bullet, 5 fish",
        "SpaceInvaders | 2 alien marching left, 3 alien marching right",
      })
  void spec_numbersThePlanes(String game, String planes) {
    assertThat(environment(game, CALM).spec().legend().observations())
        .singleElement(STRING)
        .contains(planes);
  }

  @Test
  void hide_trailOfBreakout_leavesTheOtherPlanes() {
    try (Simulation whole = new Simulation(new Breakout(CALM));
        Simulation simulation =
            new Simulation(new Hide(List.of(2)).wrap(Breakout.batch(CALM, 1)))) {
      whole.reset(3);
      simulation.reset(3);
      assertThat(simulation.spec().observationSpace()).isEqualTo(Box.bytes(1, 10, 10, 3));
      boolean trail = false;
      while (!whole.ended()) {
        byte[] all = whole.observations().values().bytes();
        byte[] left = simulation.observations().values().bytes();
        for (int cell = 0; cell < 100; cell++) {
          int at = 4 * cell;
          trail |= all[at + 2] == 1;
          assertThat(Arrays.copyOfRange(left, 3 * cell, 3 * cell + 3))
              .containsExactly(all[at], all[at + 1], all[at + 3]);
        }
        whole.stepWritten();
        simulation.stepWritten();
      }
      assertThat(trail).isTrue();
    }
  }

  /** The minimal actions of Breakout are none, left and right, those of all six 0, 1 and 3. */
  @Test
  void step_minimalActions_doWhatTheirSixCounterpartsDo() {
    try (Simulation small = new Simulation(new Breakout(CALM));
        Simulation full = new Simulation(new Breakout(CALM.withUseMinimalActionSet(false)))) {
      small.reset(3);
      full.reset(3);
      int[] all = {0, 1, 3};
      for (int i = 0; !small.ended(); i++) {
        small.actions().ints()[0] = i % 3;
        small.stepWritten();
        full.actions().ints()[0] = all[i % 3];
        full.stepWritten();
        assertThat(full.observations().values().bytes())
            .isEqualTo(small.observations().values().bytes());
      }
      assertThat(full.ended()).isTrue();
    }
  }

  @Test
  void step_alwaysSticky_neverDoesWhatItIsTold() {
    try (Simulation simulation =
        new Simulation(new SpaceInvaders(MinAtarOptions.defaults().withStickyActionProb(1)))) {
      simulation.reset(0);
      simulation.actions().ints()[0] = 1;
      for (int i = 0; i < 5; i++) {
        simulation.stepWritten();
        assertThat(simulation.observations().values().bytes()[(90 + 5) * 6])
            .as("the cannon is where it was")
            .isEqualTo((byte) 1);
      }
    }
  }

  @Test
  void freeway_standingStill_lasts2501Steps() {
    try (Simulation simulation = new Simulation(new Freeway(CALM))) {
      simulation.reset(0);
      while (!simulation.ended()) {
        simulation.stepWritten();
      }
      assertThat(simulation.length()).isEqualTo(2501);
      assertThat(simulation.terminated()).isTrue();
      assertThat(simulation.episodeReturn()).isZero();
    }
  }

  @Test
  void text_atTheStart_showsTheBoard() {
    Environment breakout = new Breakout(CALM);
    try (Simulation simulation = new Simulation(breakout)) {
      simulation.reset(0);
      String text = breakout.capability(TextView.class).orElseThrow().text(false).replace(" ", "");
      assertThat(text.lines())
          .hasSize(10)
          .satisfies(lines -> assertThat(lines.get(0)).isEqualTo("··········"))
          .satisfies(lines -> assertThat(lines.get(9)).isEqualTo("····=·····"));
      assertThat(text.chars().filter(c -> c == '#')).hasSize(29);
      assertThat(text.chars().filter(c -> c == 'o')).hasSize(1);
    }
  }

  @Test
  void restore_impossibleState_isRefused() {
    byte[] saved = BinaryState.toBytes(new Breakout(CALM));
    assertThatThrownBy(() -> BinaryState.fromBytes(saved, new Asterix(CALM)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("minatar-breakout");
  }

  @ParameterizedTest
  @CsvSource({"-0.1", "1.5", "NaN"})
  void options_outOfRange_areRefused(double probability) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MinAtarOptions.defaults().withStickyActionProb(probability))
        .withMessage("sticky_action_prob must be in [0, 1], was " + probability);
  }
}
