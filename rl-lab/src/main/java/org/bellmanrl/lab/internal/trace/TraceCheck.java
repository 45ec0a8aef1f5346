package org.bellmanrl.lab.internal.trace;

import com.google.inject.Inject;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.policy.FileKind;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replays recorded episodes against the environment that they name.
 *
 * <p>A trace has a JSON object per line: first a header (id, keyword arguments, episode limit),
 * then resets, with a seed or without, and steps. What is whole (discrete observations, flags) must
 * be the same; rewards too where observations are whole, while real observations and the rewards of
 * tasks that have them may be off by {@link #TOLERANCE}.
 *
 * <p>Traces of MinAtar have MinAtar's names of games, whose actions are all six, and list the
 * elements of an observation that are one as {@code ones}.
 *
 * <p>For Box2D's tasks more is checked and less, see {@link ContactCheck}. A trace with a version
 * of MuJoCo in its header must be equal to the bit: observations in float32, rewards in float64.
 */
public final class TraceCheck {
  /** How far real numbers may be apart. */
  public static final double TOLERANCE = 1e-5;

  private static final int MAX_LINE = 1 << 23;

  private final Assembler assembler;
  private final JsonMapper mapper = new JsonMapper();

  /** Checks against the environments that an assembler makes. */
  @Inject
  public TraceCheck(Assembler assembler) {
    this.assembler = assembler;
  }

  /**
   * What came of a file.
   *
   * @param rows lines replayed, resets and steps
   * @param maxError greatest difference of a real number
   * @param line the first line that did not match, from 1; 0 if all did
   * @param difference what did not match there; empty if all did
   */
  public record Result(long rows, double maxError, long line, String difference) {
    /** Whether everything matched. */
    public boolean matches() {
      return line == 0;
    }
  }

  /**
   * Replays a file.
   *
   * @throws UserError if it can't be read, is damaged, or names an environment that isn't there
   */
  public Result check(Path file) {
    FileKind.of(file)
        .ifPresent(kind -> {
          throw new UserError(file + " is not a trace but " + kind);
        });
    try (Reader reader = Files.newBufferedReader(file)) {
      return new Replay(file, reader).run();
    } catch (NoSuchFileException e) {
      throw new UserError("there is no file " + file, e);
    } catch (CharacterCodingException e) {
      throw new UserError(file + ": not a trace: it is not UTF-8 text", e);
    } catch (IOException e) {
      throw new UserError("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private final class Replay {
    private final Path file;
    private final Reader reader;
    private final char[] chunk = new char[1 << 13];
    private int at;
    private int filled;
    private long line;
    private double maxError;
    private boolean real;
    private double tolerance;
    private String recordedWith = "";
    private @Nullable ContactCheck contact;

    Replay(Path file, Reader reader) {
      this.file = file;
      this.reader = reader;
    }

    Result run() throws IOException {
      JsonNode header = next();
      if (header == null) {
        throw new UserError(file + ": not a trace: it is empty");
      }
      if (!header.path("id").isString()) {
        throw damaged("a trace begins with a header that has an 'id'");
      }
      try (Simulation simulation = simulation(header)) {
        real = holdsReals(simulation.spec().observationSpace());
        JsonNode mujoco = header.path("mujoco");
        tolerance = mujoco.isMissingNode() ? TOLERANCE : 0;
        recordedWith = mujoco.isString() ? " (recorded with MuJoCo " + mujoco.asString() + ")" : "";
        contact = ContactCheck.of(header.path("id").asString());
        JsonNode limit = header.path("max_episode_steps");
        String stated = limit.isNull() ? "0" : limit.toString();
        String own = Integer.toString(simulation.spec().maxEpisodeSteps());
        if (header.has("max_episode_steps") && !stated.equals(own)) {
          return mismatch("max_episode_steps is %s there, %s here".formatted(stated, own));
        }
        long rows = 0;
        for (JsonNode row = next(); row != null; row = next()) {
          String difference = replay(row, simulation);
          if (!difference.isEmpty()) {
            return mismatch(difference);
          }
          rows++;
        }
        if (rows == 0) {
          throw damaged("nothing follows the header");
        }
        String difference = contact == null ? "" : contact.verdict();
        return difference.isEmpty() ? new Result(rows, maxError, 0, "") : mismatch(difference);
      }
    }

    private Simulation simulation(JsonNode header) {
      Map<String, @Nullable Object> options = new LinkedHashMap<>();
      JsonNode given = header.path("kwargs");
      if (!given.isMissingNode() && !given.isObject()) {
        throw damaged("'kwargs' must be an object");
      }
      for (Map.Entry<String, JsonNode> entry : given.properties()) {
        options.put(entry.getKey(), mapper.treeToValue(entry.getValue(), Object.class));
      }
      String id = header.path("id").asString();
      if (MinAtarNames.isOne(id)) {
        id = MinAtarNames.id(id);
        options.put("use_minimal_action_set", false);
      }
      try {
        return new Simulation(assembler.environment(id, options));
      } catch (UserError e) {
        throw new UserError(file + ": " + e.getMessage(), e);
      }
    }

    /** What did not match; empty if all did. */
    private String replay(JsonNode row, Simulation simulation) {
      try {
        if (row.has("reset")) {
          JsonNode seed = row.get("reset");
          if (seed.isNull()) {
            simulation.reset();
          } else if (seed.isIntegralNumber() && seed.canConvertToLong()) {
            simulation.reset(seed.asLong());
          } else {
            throw damaged("'reset' must be a seed or null");
          }
          if (contact != null) {
            contact.begin();
          }
          return observation(row, simulation);
        }
        if (contact != null && contact.isOver(simulation)) {
          return "";
        }
        TraceValue.write(required(row, "action"), simulation.actions());
        simulation.stepWritten();
        String difference = observation(row, simulation);
        return difference.isEmpty() ? outcome(row, simulation) : difference;
      } catch (IllegalArgumentException | IllegalStateException e) {
        throw damaged(String.valueOf(e.getMessage()));
      }
    }

    private String observation(JsonNode row, Simulation simulation) {
      JsonNode ones = row.get("ones");
      if (ones != null) {
        return TraceValue.onesAre(ones, simulation.observations().values())
            ? ""
            : "ones expected="
                + ones
                + " was="
                + TraceValue.ones(simulation.observations().values());
      }
      JsonNode expected = required(row, "obs");
      double error = TraceValue.error(expected, simulation.observations().values());
      if (contact != null) {
        contact.look(expected, row.path("terminated").asBoolean(false));
      }
      if (!allowed(error, tolerance)) {
        return "obs expected=" + expected + " was=" + simulation.observations().values().text(0);
      }
      maxError = Math.max(maxError, error);
      return "";
    }

    private String outcome(JsonNode row, Simulation simulation) {
      double expected = TraceValue.real(required(row, "reward"));
      double error = expected == simulation.reward() ? 0 : Math.abs(expected - simulation.reward());
      if (!allowed(error, real ? tolerance : 0)) {
        return "reward expected=" + expected + " was=" + simulation.reward();
      }
      maxError = Math.max(maxError, error);
      String difference = flag(row, "terminated", simulation.terminated());
      return difference.isEmpty() ? flag(row, "truncated", simulation.truncated()) : difference;
    }

    private String flag(JsonNode row, String name, boolean found) {
      JsonNode expected = required(row, name);
      if (!expected.isBoolean()) {
        throw damaged("'" + name + "' must be true or false");
      }
      return allowed(expected.asBoolean() == found ? 0 : Double.POSITIVE_INFINITY, 0)
          ? ""
          : name + " expected=" + expected.asBoolean() + " was=" + found;
    }

    /** Whether a difference may be; where there was contact it counts for the episode instead. */
    private boolean allowed(double error, double tolerance) {
      return contact == null ? error <= tolerance : contact.allows(error);
    }

    private JsonNode required(JsonNode row, String name) {
      JsonNode value = row.get(name);
      if (value == null) {
        throw damaged("'" + name + "' is missing");
      }
      return value;
    }

    private @Nullable JsonNode next() throws IOException {
      String text = line();
      if (text == null) {
        return null;
      }
      try {
        JsonNode node = mapper.readTree(text);
        if (node == null || !node.isObject()) {
          throw damaged("expected a JSON object");
        }
        return node;
      } catch (JacksonException e) {
        throw damaged("not JSON: " + e.getOriginalMessage());
      }
    }

    /** The next line, of which no more is read than may be there; null at the end. */
    private @Nullable String line() throws IOException {
      StringBuilder text = new StringBuilder();
      line++;
      while (true) {
        if (at == filled) {
          at = 0;
          filled = Math.max(reader.read(chunk), 0);
          if (filled == 0) {
            line -= text.isEmpty() ? 1 : 0;
            return text.isEmpty() ? null : text.toString();
          }
        }
        int from = at;
        while (at < filled && chunk[at] != '\n') {
          at++;
        }
        text.append(chunk, from, at - from);
        if (text.length() > MAX_LINE) {
          throw damaged("the line has more than " + MAX_LINE + " characters");
        }
        if (at < filled) {
          at++;
          return text.toString();
        }
      }
    }

    private Result mismatch(String difference) {
      return new Result(line, maxError, line, difference + recordedWith);
    }

    private UserError damaged(String what) {
      return new UserError(file + ": not a trace, or a damaged one, at line " + line + ": " + what);
    }
  }

  private static boolean holdsReals(Space space) {
    for (Leaf leaf : space.layout().leaves()) {
      if (leaf.dtype() == DType.FLOAT32) {
        return true;
      }
    }
    return false;
  }
}
