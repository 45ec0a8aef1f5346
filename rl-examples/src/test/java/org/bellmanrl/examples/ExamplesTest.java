package org.bellmanrl.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.lab.preset.Preset;
import org.bellmanrl.lab.preset.Presets;
import org.bellmanrl.tabular.td.QLearning;
import org.bellmanrl.tune.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example programs do what they say. */
class ExamplesTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42})
  void quickStart_anySeed_crossesTheLakeOnAShortestWay(long seed) {
    Evaluation result = QuickStart.learn(seed);

    assertThat(result.meanReturn()).isEqualTo(1);
    assertThat(result.meanLength()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42})
  void simulatorOwnsTheLoop_anySeed_learnsTheValuesOfTheTrack(long seed) {
    QLearning learned = SimulatorOwnsTheLoop.learn(20_000, seed);

    for (int place = 0; place < 5; place++) {
      double ahead = Math.pow(0.99, 4 - place);
      assertThat(learned.table().get(place, 1)).isCloseTo(ahead, within(1e-6));
      assertThat(learned.table().get(place, 0)).isLessThan(ahead - 1e-3);
    }
  }

  /** Under random actions, the pole stands for 22 steps on average. */
  @Test
  void fromPreset_aThirdOfItsBudget_holdsThePole() {
    Preset preset = Presets.discover().find("ppo", "CartPole-v1").orElseThrow();

    Evaluation result = FromPreset.learn(preset, Budget.steps(32_768), 0);

    assertThat(result.episodes()).isEqualTo(100);
    assertThat(result.meanReturn()).isGreaterThan(195);
  }

  /** With the defaults, no more of the training than this finds how to carry a passenger. */
  @Test
  void settingsSearch_fewTrials_beatsTheDefaults() {
    Trial best = SettingsSearch.search(20, 0);

    assertThat(best.isComplete()).isTrue();
    assertThat(best.result())
        .isEqualTo(SettingsSearch.search(20, 0).result())
        .isGreaterThan(SettingsSearch.learn(Map.of(), 0).meanReturn() + 10);
  }

  @Test
  void simulatorOwnsTheLoop_listener_getsMetrics() {
    Map<String, Double> metrics = new HashMap<>();
    Listener listener =
        new Listener() {
          @Override
          public void onMetric(String name, double value, Progress progress) {
            metrics.put(name, value);
          }
        };

    SimulatorOwnsTheLoop.learn(20_000, 0, listener);

    assertThat(metrics).containsEntry("epsilon", 0.05);
  }

  @Test
  void main_ofEachExample_prints() {
    assertThat(printed(() -> QuickStart.main(new String[0])))
        .isEqualTo("reached the goal in 100 % of 100 episodes, after 6.0 steps");
    assertThat(printed(() -> SimulatorOwnsTheLoop.main(new String[0])).lines())
        .hasSize(5)
        .last()
        .isEqualTo("at 4: back 0.980, ahead 1.000");
  }

  private static String printed(Runnable program) {
    PrintStream usual = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(usual);
    }
    return printed.toString(StandardCharsets.UTF_8).strip();
  }
}
