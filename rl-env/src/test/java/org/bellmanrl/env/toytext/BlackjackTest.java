package org.bellmanrl.env.toytext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.env.Environments;
import org.junit.jupiter.api.Test;

class BlackjackTest {

  @Test
  void model_bestPolicy_knownValue() {
    FiniteModel model = model();
    double[] values = new double[model.states()];
    // No game has more than twenty-one decisions.
    for (int sweep = 0; sweep < 22; sweep++) {
      double[] better = new double[model.states()];
      for (int s = 0; s < model.states(); s++) {
        better[s] = Math.max(value(model, values, s, 0), value(model, values, s, 1));
      }
      values = better;
    }
    double value = 0;
    for (int s = 0; s < model.states(); s++) {
      value += model.initial(s) * values[s];
    }
    assertThat(value).isCloseTo(-0.046556, within(1e-6));
  }

  private static double value(FiniteModel model, double[] values, int s, int a) {
    double value = 0;
    for (int i = model.from(s, a); i < model.to(s, a); i++) {
      double after = model.terminated(i) ? 0 : values[model.next(i)];
      value += model.probability(i) * (model.reward(i) + after);
    }
    return value;
  }

  /** Plays to 17 and compares with what the model says of that policy; 100,000 games. */
  @Test
  void model_stickAtSeventeen_meanReturnOfPlayedGames() {
    FiniteModel model = model();
    double[] values = new double[model.states()];
    for (int sweep = 0; sweep < 22; sweep++) {
      double[] next = new double[model.states()];
      for (int s = 0; s < model.states(); s++) {
        next[s] = value(model, values, s, s / 22 < 17 ? 1 : 0);
      }
      values = next;
    }
    double expected = 0;
    for (int s = 0; s < model.states(); s++) {
      expected += model.initial(s) * values[s];
    }

    Simulation simulation = new Simulation(plain());
    int games = 100_000;
    double sum = 0;
    simulation.reset(2);
    for (int i = 0; i < games; i++) {
      while (!simulation.ended()) {
        simulation.step(simulation.observation().discreteOf(0, 0) < 17 ? 1 : 0);
      }
      sum += simulation.reward();
      simulation.reset();
    }
    // Five standard errors; a game's return deviates by less than 1.
    assertThat(sum / games).isCloseTo(expected, within(5 / Math.sqrt(games)));
  }

  @Test
  void model_naturalsCount_noneSinceTheObservationHidesThem() {
    assertThat(Environments.single("Blackjack-v1", Map.of()).capability(Modelled.class)).isEmpty();
    assertThat(
            Environments.single("Blackjack-v1", Map.of("sab", false, "natural", true))
                .capability(Modelled.class))
        .isEmpty();
  }

  @Test
  void gridView_states_areTheObservationsNumbers() {
    Environment environment = plain();
    GridView grid = environment.capability(GridView.class).orElseThrow();
    ProductIndex index = ProductIndex.of(environment.spec().observationSpace()).orElseThrow();
    Simulation simulation = new Simulation(environment);
    simulation.reset(9);
    for (int i = 0; i < 1000; i++) {
      int sum = simulation.observation().discreteOf(0, 0);
      int dealer = simulation.observation().discreteOf(1, 0);
      int ace = simulation.observation().discreteOf(2, 0);
      if (!simulation.ended()) {
        assertThat(grid.state(ace, 21 - sum, dealer - 1))
            .isEqualTo(index.of(simulation.observations().values(), 0));
        simulation.step(1);
      } else {
        simulation.reset();
      }
    }
    // A usable ace never goes with less than 12.
    assertThat(grid.state(1, 10, 0)).isEqualTo(-1);
    assertThat(grid.state(1, 9, 0)).isPositive();
  }

  @Test
  void text_aGame_holeCardHiddenUntilTheEnd() {
    Environment environment = plain();
    Simulation simulation = new Simulation(environment);
    TextView view = environment.capability(TextView.class).orElseThrow();
    simulation.reset(0);
    assertThat(view.text(false)).startsWith("dealer [10] [??]\nplayer").endsWith("  = 11\n");
    simulation.step(1);
    simulation.step(1);
    assertThat(view.text(false)).startsWith("dealer [10] [??]\nplayer").endsWith("  = 13\n");
    simulation.step(0);
    assertThat(view.text(false)).doesNotContain("??").startsWith("dealer [10] [");
  }

  private static Environment plain() {
    return Environments.single("Blackjack-v1", Map.of("sab", false, "natural", false));
  }

  private static FiniteModel model() {
    return plain().capability(Modelled.class).orElseThrow().model();
  }
}
