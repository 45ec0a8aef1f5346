package org.bellmanrl.env.toytext;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.env.Environments;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Recorded runs and models of Gymnasium 1.3.0 are met exactly. */
class GymnasiumTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Blackjack-v1",
        "Blackjack-v1-natural",
        "CliffWalking-v1",
        "CliffWalking-v1-slippery",
        "CliffWalkingSlippery-v1",
        "FrozenLake-v1",
        "FrozenLake-v1-8x8",
        "FrozenLake-v1-custom",
        "FrozenLake-v1-not-slippery",
        "FrozenLake8x8-v1",
        "Taxi-v4",
        "Taxi-v4-rainy",
        "more/Blackjack-v1-plain",
        "more/Blackjack-v1-sab-natural",
        "more/FrozenLake-v1-random-12",
        "more/FrozenLake-v1-random-8",
        "more/FrozenLake-v1-rewards",
        "more/FrozenLake-v1-starts",
        "more/FrozenLake-v1-success-rate",
        "more/FrozenLake-v1-success-rate-0",
        "more/FrozenLake-v1-success-rate-1",
        "more/FrozenLake8x8-v1-not-slippery",
        "more/Taxi-v4-fickle",
        "more/Taxi-v4-mask",
        "more/Taxi-v4-rainy-fickle"
      })
  void step_traceOfGymnasium_equalInEveryRow(String name) {
    Trace trace = Trace.read(name + ".jsonl");
    assertThat(trace.rows()).isGreaterThan(300);
    assertThat(trace.firstDifference(Environments.single(trace.id(), trace.kwargs()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CliffWalking-v1",
        "CliffWalkingSlippery-v1",
        "FrozenLake-v1",
        "FrozenLake8x8-v1",
        "Taxi-v4"
      })
  void model_modelOfGymnasium_sameOutcomesInTheSameOrder(String id) {
    JsonNode expected = Trace.json(id + ".model.json");
    Environment environment = Environments.single(id, Trace.kwargs(expected));
    FiniteModel model = environment.capability(Modelled.class).orElseThrow().model();

    List<String> ours = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    JsonNode table = expected.get("P");
    assertThat(model.states()).isEqualTo(table.size());
    for (int s = 0; s < model.states(); s++) {
      ours.add(s + ": " + model.initial(s));
      theirs.add(s + ": " + expected.get("initial").get(s).asDouble());
      assertThat(model.actions()).isEqualTo(table.get(s).size());
      for (int a = 0; a < model.actions(); a++) {
        for (JsonNode outcome : table.get(s).get(a)) {
          theirs.add(
              "%d %d: %s %d %s %s"
                  .formatted(
                      s,
                      a,
                      outcome.get(0).asDouble(),
                      outcome.get(1).asInt(),
                      outcome.get(2).asDouble(),
                      outcome.get(3).asBoolean()));
        }
        for (int i = model.from(s, a); i < model.to(s, a); i++) {
          ours.add(
              "%d %d: %s %d %s %s"
                  .formatted(
                      s,
                      a,
                      model.probability(i),
                      model.next(i),
                      model.reward(i),
                      model.terminated(i)));
        }
      }
    }
    assertThat(ours).isEqualTo(theirs);
  }

  /** Saves along a trace, goes on for 20 rows in a fresh environment, and compares. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "more/Blackjack-v1-plain",
        "CliffWalkingSlippery-v1",
        "FrozenLake-v1",
        "more/Taxi-v4-fickle"
      })
  void restore_anywhere_sameFutureAndSamePicture(String name) {
    Trace trace = Trace.read(name + ".jsonl");
    List<JsonNode> rows = trace.all().subList(0, 200);
    Environment environment = Environments.single(trace.id(), trace.kwargs());
    Simulation simulation = new Simulation(environment);
    for (int i = 0; i < rows.size(); i++) {
      Trace.play(simulation, rows.get(i));
      if (i % 7 != 0) {
        continue;
      }
      byte[] saved = BinaryState.toBytes(simulation);

      Environment other = Environments.single(trace.id(), trace.kwargs());
      Simulation restored = new Simulation(other);
      BinaryState.fromBytes(saved, restored);
      assertThat(text(other)).isEqualTo(text(environment));
      for (int j = i + 1; j < Math.min(i + 20, rows.size()); j++) {
        Trace.play(restored, rows.get(j));
      }

      Simulation straight = new Simulation(Environments.single(trace.id(), trace.kwargs()));
      for (int j = 0; j < Math.min(i + 20, rows.size()); j++) {
        Trace.play(straight, rows.get(j));
      }
      assertThat(restored.observations().values().ints())
          .isEqualTo(straight.observations().values().ints());
      assertThat(text(restored)).isEqualTo(text(straight));
    }
  }

  private static String text(Simulation simulation) {
    return simulation.environment().capability(0, TextView.class).orElseThrow().text(false);
  }

  private static String text(Environment environment) {
    return environment.capability(TextView.class).orElseThrow().text(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FrozenLake-v1", "Taxi-v4", "CliffWalking-v1", "Maze-v1", "Blackjack-v1"})
  void text_withAndWithoutColour_drawsNothingFromTheStreamAndHasTheSameLines(String id) {
    Simulation watched = new Simulation(Environments.single(id, Map.of()));
    Simulation alone = new Simulation(Environments.single(id, Map.of()));
    watched.reset(3);
    alone.reset(3);
    for (int i = 0; i < 50 && !alone.ended(); i++) {
      TextView view = watched.environment().capability(0, TextView.class).orElseThrow();
      String plain = view.text(false);
      String coloured = view.text(true);
      assertThat(plain).doesNotContain("\u001b").endsWith("\n");
      assertThat(coloured).contains("\u001b[").endsWith("\n");
      assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "").lines().map(String::length).toList())
          .isEqualTo(plain.lines().map(String::length).toList());
      watched.step(i % 2);
      alone.step(i % 2);
      assertThat(watched.observations().values().ints())
          .isEqualTo(alone.observations().values().ints());
    }
  }
}
