package org.bellmanrl.env.toytext;

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
import org.bellmanrl.api.space.Space;
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
  static Trace read(String resource) {
    try (InputStream in = Trace.class.getResourceAsStream("/gymnasium/" + resource);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    Objects.requireNonNull(in, resource), StandardCharsets.UTF_8))) {
      List<JsonNode> all = new ArrayList<>();
      lines.lines().forEach(line -> all.add(MAPPER.readTree(line)));
      return new Trace(all.getFirst(), all.subList(1, all.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String resource) {
    try (InputStream in = Trace.class.getResourceAsStream("/gymnasium/" + resource)) {
      return MAPPER.readTree(Objects.requireNonNull(in, resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String id() {
    return header.get("id").asString();
  }

  /** The keyword arguments, as a file's values come. */
  Map<String, ?> kwargs() {
    return kwargs(header);
  }

  @SuppressWarnings("unchecked")
  static Map<String, ?> kwargs(JsonNode header) {
    return MAPPER.convertValue(header.get("kwargs"), Map.class);
  }

  int rows() {
    return rows.size();
  }

  /** Plays all rows and describes the first difference, or returns an empty text. */
  String firstDifference(Environment environment) {
    int limit = header.get("max_episode_steps").asInt(0);
    if (environment.spec().maxEpisodeSteps() != limit) {
      return "limit expected %d, was %d".formatted(limit, environment.spec().maxEpisodeSteps());
    }
    String spaces =
        text(header.get("observation_space")) + " and " + text(header.get("action_space"));
    Space observations = environment.spec().observationSpace();
    String ours = observations + " and " + environment.spec().actionSpace();
    if (!spaces.equals(ours)) {
      return "spaces expected %s, were %s".formatted(spaces, ours);
    }
    try (Simulation simulation = new Simulation(environment)) {
      for (int i = 0; i < rows.size(); i++) {
        JsonNode row = rows.get(i);
        play(simulation, row);
        String seen = describe(simulation, row);
        if (!seen.equals(describe(row))) {
          return "line %d: expected %s, was %s".formatted(i + 2, describe(row), seen);
        }
      }
    }
    return "";
  }

  static void play(Simulation simulation, JsonNode row) {
    if (row.has("action")) {
      simulation.step(row.get("action").asInt());
    } else if (row.get("reset").isNull()) {
      simulation.reset();
    } else {
      simulation.reset(row.get("reset").asLong());
    }
  }

  List<JsonNode> all() {
    return rows;
  }

  private static String describe(JsonNode row) {
    StringBuilder text = new StringBuilder();
    JsonNode observation = row.get("obs");
    if (observation.isArray()) {
      observation.forEach(part -> text.append(part.asInt()).append(' '));
    } else {
      text.append(observation.asInt()).append(' ');
    }
    if (row.has("action")) {
      text.append(row.get("reward").asDouble());
      text.append(' ').append(row.get("terminated").asBoolean());
      text.append(' ').append(row.get("truncated").asBoolean());
    }
    if (row.has("mask")) {
      row.get("mask").forEach(allowed -> text.append(' ').append(allowed.asInt()));
    }
    return text.toString();
  }

  private static String describe(Simulation simulation, JsonNode asked) {
    StringBuilder text = new StringBuilder();
    for (int part : simulation.observations().values().ints()) {
      text.append(part).append(' ');
    }
    if (asked.has("action")) {
      text.append(simulation.reward());
      text.append(' ').append(simulation.terminated());
      text.append(' ').append(simulation.truncated());
    }
    if (asked.has("mask")) {
      for (boolean allowed : simulation.observations().mask()) {
        text.append(' ').append(allowed ? 1 : 0);
      }
    }
    return text.toString();
  }

  private static String text(JsonNode space) {
    if (space.has("discrete")) {
      return "Discrete(" + space.get("discrete").asInt() + ")";
    }
    List<String> parts = new ArrayList<>();
    space.get("tuple").forEach(part -> parts.add(text(part)));
    return "Tuple" + parts;
  }
}
