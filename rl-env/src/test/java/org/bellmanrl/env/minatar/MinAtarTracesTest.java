package org.bellmanrl.env.minatar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded games of MinAtar with NumPy's {@code Generator}, actions drawn at random. */
class MinAtarTracesTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @ParameterizedTest
  @ValueSource(strings = {"asterix", "breakout", "freeway", "seaquest", "space_invaders"})
  void step_recordedActions_equalsMinAtar(String game) throws IOException {
    List<JsonNode> lines = read("MinAtar-" + game + ".jsonl");
    JsonNode header = lines.getFirst();
    Map<?, ?> options = MAPPER.convertValue(header.get("kwargs"), Map.class);
    MinAtarOptions recorded =
        new MinAtarOptions(
            (Double) options.get("sticky_action_prob"),
            (Boolean) options.get("difficulty_ramping"),
            false);
    int ends = 0;
    try (Simulation simulation = new Simulation(environment(game, recorded))) {
      int[] shape = MAPPER.convertValue(header.get("observation_shape"), int[].class);
      assertThat(simulation.spec().observationSpace()).isEqualTo(Box.bytes(1, shape));
      assertThat(simulation.spec().actionSpace()).isEqualTo(new Discrete(6));
      for (int i = 1; i < lines.size(); i++) {
        JsonNode line = lines.get(i);
        if (line.has("reset") && line.get("reset").isNull()) {
          simulation.reset();
        } else if (line.has("reset")) {
          simulation.reset(line.get("reset").asLong());
        } else {
          simulation.actions().ints()[0] = line.get("action").asInt();
          simulation.stepWritten();
          assertThat(simulation.reward())
              .as("line %d", i + 1)
              .isEqualTo(line.get("reward").asDouble());
          assertThat(simulation.terminated())
              .as("line %d", i + 1)
              .isEqualTo(line.get("terminated").asBoolean());
          ends += simulation.terminated() ? 1 : 0;
        }
        byte[] seen = simulation.observations().values().bytes();
        assertThat(IntStream.range(0, seen.length).filter(k -> seen[k] == 1).toArray())
            .as("line %d", i + 1)
            .isEqualTo(MAPPER.convertValue(line.get("ones"), int[].class));
      }
    }
    assertThat(ends).isPositive();
  }

  private static Environment environment(String game, MinAtarOptions options) {
    return switch (game) {
      case "asterix" -> new Asterix(options);
      case "breakout" -> new Breakout(options);
      case "freeway" -> new Freeway(options);
      case "seaquest" -> new Seaquest(options);
      case "space_invaders" -> new SpaceInvaders(options);
      default -> throw new IllegalArgumentException(game);
    };
  }

  private static List<JsonNode> read(String name) throws IOException {
    try (InputStream in = MinAtarTracesTest.class.getResourceAsStream("/minatar/" + name);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in, name), StandardCharsets.UTF_8))) {
      return lines.lines().map(MAPPER::readTree).toList();
    }
  }
}
