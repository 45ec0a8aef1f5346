package org.bellmanrl.env.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.env.Environments;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded runs of Gymnasium 1.3.0: a header, then resets and steps, with actions drawn at random.
 */
class GymnasiumTest {
  private static final double TOLERANCE = 1e-5;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static List<JsonNode> read(String name) {
    try (InputStream in = GymnasiumTest.class.getResourceAsStream("/gymnasium/" + name + ".jsonl");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in, name), StandardCharsets.UTF_8))) {
      List<JsonNode> all = new ArrayList<>();
      lines.lines().forEach(line -> all.add(MAPPER.readTree(line)));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Environment make(JsonNode header) {
    Map<String, ?> options = MAPPER.convertValue(header.get("kwargs"), Map.class);
    return Environments.single(header.get("id").asString(), options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Acrobot-v1",
        "CartPole-v1",
        "MountainCar-v0",
        "MountainCarContinuous-v0",
        "Pendulum-v1",
        "more/Acrobot-v1-nips",
        "more/Acrobot-v1-noise",
        "more/CartPole-v1-sutton-barto",
        "more/MountainCar-v0-drive",
        "more/MountainCarContinuous-v0-drive",
        "more/Pendulum-v1-g"
      })
  void step_traceOfGymnasium_within1eMinus5AndStartsExactly(String name) {
    List<JsonNode> trace = read(name);
    JsonNode header = trace.getFirst();
    Environment environment = make(header);
    assertThat(environment.spec().name()).isEqualTo(header.get("id").asString());
    assertThat(environment.spec().maxEpisodeSteps())
        .isEqualTo(header.get("max_episode_steps").asInt());
    assertThat(environment.spec().observationSpace()).isEqualTo(space(header, "observation_space"));
    assertThat(environment.spec().actionSpace()).isEqualTo(space(header, "action_space"));
    assertThat(trace.size()).isGreaterThan(300);

    Simulation simulation = new Simulation(environment);
    for (int line = 1; line < trace.size(); line++) {
      JsonNode row = trace.get(line);
      play(simulation, row);
      float[] seen = simulation.observations().values().floats();
      for (int i = 0; i < seen.length; i++) {
        assertThat(seen[i])
            .as("line %d, element %d", line + 1, i)
            .isCloseTo(
                row.get("obs").get(i).floatValue(),
                within(row.has("action") ? (float) TOLERANCE : 0f));
      }
      if (row.has("action")) {
        assertThat(simulation.reward())
            .as("reward in line %d", line + 1)
            .isCloseTo(row.get("reward").asDouble(), within(TOLERANCE));
        assertThat(simulation.terminated())
            .as("terminated in line %d", line + 1)
            .isEqualTo(row.get("terminated").asBoolean());
        assertThat(simulation.truncated())
            .as("truncated in line %d", line + 1)
            .isEqualTo(row.get("truncated").asBoolean());
      }
    }
  }

  /** Saves at every tenth row, goes on in a fresh environment, and compares the next 20 rows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Acrobot-v1",
        "CartPole-v1",
        "MountainCar-v0",
        "MountainCarContinuous-v0",
        "Pendulum-v1"
      })
  void restore_anywhere_sameBitsAfterwards(String name) {
    List<JsonNode> trace = read(name);
    Simulation straight = new Simulation(make(trace.getFirst()));
    Simulation restored = new Simulation(make(trace.getFirst()));
    for (int line = 1; line < 600; line++) {
      play(straight, trace.get(line));
      if (line % 10 == 1) {
        Simulation fresh = new Simulation(make(trace.getFirst()));
        BinaryState.fromBytes(BinaryState.toBytes(straight), fresh);
        restored = fresh;
      } else {
        play(restored, trace.get(line));
      }
      assertThat(restored.observations().values().floats())
          .isEqualTo(straight.observations().values().floats());
      if (line % 10 != 1) {
        assertThat(restored.reward()).isEqualTo(straight.reward());
      }
    }
  }

  private static void play(Simulation simulation, JsonNode row) {
    if (!row.has("action")) {
      if (row.get("reset").isNull()) {
        simulation.reset();
      } else {
        simulation.reset(row.get("reset").asLong());
      }
    } else if (row.get("action").isArray()) {
      simulation.step(row.get("action").get(0).floatValue());
    } else {
      simulation.step(row.get("action").asInt());
    }
  }

  private static Space space(JsonNode header, String name) {
    JsonNode space = header.get(name);
    if (space.has("discrete")) {
      return new Discrete(space.get("discrete").asInt());
    }
    return Box.of(bounds(space.get("low")), bounds(space.get("high")));
  }

  private static float[] bounds(JsonNode values) {
    float[] bounds = new float[values.size()];
    for (int i = 0; i < bounds.length; i++) {
      String text = values.get(i).asString();
      bounds[i] =
          switch (text) {
            case "inf" -> Float.POSITIVE_INFINITY;
            case "-inf" -> Float.NEGATIVE_INFINITY;
            default -> Float.parseFloat(text);
          };
    }
    return bounds;
  }
}
