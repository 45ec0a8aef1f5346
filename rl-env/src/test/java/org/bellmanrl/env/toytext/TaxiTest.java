package org.bellmanrl.env.toytext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.env.Environments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaxiTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mask_everyState_rulesOutExactlyWhatChangesNothing(boolean rainy) {
    Taxi taxi = new Taxi(new TaxiOptions(rainy, false, 0.8, 0.3, true));
    FiniteModel model = taxi.capability(Modelled.class).orElseThrow().model();
    Simulation simulation = new Simulation(taxi);
    simulation.reset(5);
    for (int i = 0; i < 2000; i++) {
      int s = simulation.observation().discrete();
      for (int a = 0; a < 6; a++) {
        boolean changes = false;
        for (int o = model.from(s, a); o < model.to(s, a); o++) {
          changes |= model.next(o) != s;
        }
        assertThat(simulation.observations().allows(0, a)).isEqualTo(changes);
      }
      if (simulation.ended()) {
        simulation.reset();
      } else {
        simulation.step(i % 6);
      }
    }
  }

  @Test
  void spec_actionMaskOff_noMask() {
    assertThat(Environments.single("Taxi-v4", Map.of()).spec().masked()).isTrue();
    assertThat(Environments.single("Taxi-v4", Map.of("action_mask", "false")).spec().masked())
        .isFalse();
  }

  @Test
  void model_ficklePassenger_noneSinceTheObservationHidesTheirMind() {
    assertThat(
            Environments.single("Taxi-v4", Map.of("fickle_passenger", true))
                .capability(Modelled.class))
        .isEmpty();
    assertThat(Environments.single("Taxi-v4", Map.of()).capability(Modelled.class)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "rainy_probability, 1.2, '[0, 1], was 1.2'",
    "rainy_probability, nan, '[0, 1], was NaN'",
    "fickle_probability, -0.1, '[0, 1], was -0.1'",
    "is_rain, true, 'is_rainy'"
  })
  void create_badOption_refusedWithItsNameAndValue(String option, String value, String message) {
    assertThatThrownBy(() -> Environments.single("Taxi-v4", Map.of(option, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void text_aRide_taxiPassengerAndDestination() {
    Taxi taxi = new Taxi(TaxiOptions.defaults());
    Simulation simulation = new Simulation(taxi);
    simulation.reset(0);
    TextView view = taxi.capability(TextView.class).orElseThrow();
    // 314 is row 3, column 0, the passenger at blue, wanting to go to yellow.
    assertThat(simulation.observation().discrete()).isEqualTo(314);
    assertThat(view.text(false))
        .isEqualTo(
            """
            +------------------------+
            | R       |           G  |
            |         |              |
            |                        |
            |[  ]|         |         |
            | Yd |         | Bp      |
            +------------------------+
            passenger at blue, destination yellow
            """);
    for (int action : new int[] {1, 2, 2, 2, 0, 0, 4}) {
      simulation.step(action);
    }
    assertThat(view.text(false))
        .contains("| Yd |         |(B )     |\n")
        .endsWith("passenger in the taxi, destination yellow\n");
  }

  @Test
  void gridView_layers_namePassengerAndDestination() {
    GridView grid = new Taxi(TaxiOptions.defaults()).capability(GridView.class).orElseThrow();
    assertThat(grid.layers()).isEqualTo(16);
    assertThat(grid.layer(0)).isEqualTo("passenger at red, destination green");
    assertThat(grid.layer(11)).isEqualTo("passenger at blue, destination yellow");
    assertThat(grid.layer(15)).isEqualTo("passenger in the taxi, destination blue");
    assertThat(grid.state(11, 3, 0)).isEqualTo(314);
    assertThat(grid.tile(0, 4, 3)).isEqualTo('B');
  }
}
