package org.bellmanrl.env.mujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.env.mujoco.internal.Installation;
import org.bellmanrl.env.mujoco.internal.Library;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded runs of Gymnasium 1.3.0 are met to the bit. */
@RequiresMujoco
class GymnasiumTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @ParameterizedTest
  @MethodSource("org.bellmanrl.env.mujoco.Environments#gymnasium")
  void step_recordedActions_sameObservationsAndRewards(String id) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    GymnasiumTest.class.getResourceAsStream("/gymnasium/" + id + ".jsonl")),
                StandardCharsets.UTF_8))) {
      JsonNode header = MAPPER.readTree(lines.readLine());
      Path library = Installation.ofProcess().library();
      String recorded = header.get("mujoco").asString();
      String installed = Library.load(library).version();
      assumeTrue(
          installed.equals(recorded),
          "the runs were recorded with MuJoCo " + recorded + ", installed is " + installed);
      Environment environment = Environments.make(id, Map.of());
      assertThat(environment.spec().maxEpisodeSteps())
          .isEqualTo(header.get("max_episode_steps").asInt());
      JsonNode actions = header.get("action_space");
      assertThat(environment.spec().actionSpace())
          .isEqualTo(Box.of(floats(actions.get("low")), floats(actions.get("high"))));
      int rows = 0;
      try (Simulation simulation = new Simulation(environment)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          JsonNode row = MAPPER.readTree(line);
          play(simulation, row);
          rows++;
          assertThat(simulation.observations().values().floats())
              .as("observation in row %d", rows)
              .isEqualTo(floats(row.get("obs")));
          if (row.has("action")) {
            assertThat(simulation.reward())
                .as("reward in row %d", rows)
                .isEqualTo(row.get("reward").asDouble());
            assertThat(simulation.terminated()).isEqualTo(row.get("terminated").asBoolean());
            assertThat(simulation.truncated()).isEqualTo(row.get("truncated").asBoolean());
          }
        }
      }
      assertThat(rows).isGreaterThanOrEqualTo(8);
    }
  }

  private static void play(Simulation simulation, JsonNode row) {
    if (row.has("action")) {
      simulation.step(floats(row.get("action")));
    } else if (row.get("reset").isNull()) {
      simulation.reset();
    } else {
      simulation.reset(row.get("reset").asLong());
    }
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }
}
