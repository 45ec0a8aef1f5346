package org.bellmanrl.env.box2d;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A recorded run of Gymnasium: a header (id, keyword arguments, spaces, episode limit), then resets
 * and steps. After an ended episode the environment was reset without a seed, so its stream went
 * on.
 */
final class Trace {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final JsonNode header;
  private final List<JsonNode> rows;

  private Trace(JsonNode header, List<JsonNode> rows) {
    this.header = header;
    this.rows = rows;
  }

  /** Reads a trace from the test resources. */
  static Trace read(String name) {
    List<JsonNode> all = lines(name + ".jsonl");
    return new Trace(all.getFirst(), all.subList(1, all.size()));
  }

  /** Reads a resource with a JSON value in each line. */
  static List<JsonNode> lines(String resource) {
    try (InputStream in = Trace.class.getResourceAsStream("/gymnasium/" + resource);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    Objects.requireNonNull(in, resource), StandardCharsets.UTF_8))) {
      List<JsonNode> all = new ArrayList<>();
      lines.lines().forEach(line -> all.add(MAPPER.readTree(line)));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, ?> options(JsonNode values) {
    return MAPPER.convertValue(values, Map.class);
  }

  JsonNode header() {
    return header;
  }

  /** The environment that the trace was recorded from. */
  Environment environment() {
    return Environments.make(header.get("id").asString(), options(header.get("kwargs")));
  }

  /**
   * Plays all rows; the caller says what to make of each. Where an episode here ends before the
   * recorded one, the rest of its rows is shown with nothing played.
   */
  void play(Environment environment, RowCheck check) {
    try (Simulation simulation = new Simulation(environment)) {
      for (int i = 0; i < rows.size(); i++) {
        if (!rows.get(i).has("action") || !simulation.ended()) {
          play(simulation, rows.get(i));
        }
        check.row(i + 2, rows.get(i), simulation);
      }
    }
  }

  List<JsonNode> rows() {
    return rows;
  }

  static void play(Simulation simulation, JsonNode row) {
    JsonNode action = row.get("action");
    if (action == null) {
      if (row.get("reset").isNull()) {
        simulation.reset();
      } else {
        simulation.reset(row.get("reset").asLong());
      }
    } else if (action.isArray()) {
      simulation.step(floats(action));
    } else {
      simulation.step(action.asInt());
    }
  }

  static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }

  /** Looks at a row once it has been played. */
  interface RowCheck {
    void row(int line, JsonNode expected, Simulation played);
  }
}
