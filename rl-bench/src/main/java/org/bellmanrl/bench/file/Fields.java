package org.bellmanrl.bench.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object, asked for by name and type.
 *
 * <p>Every complaint is a {@link UserError} that names the file, the field and what was expected.
 */
public final class Fields {
  private final String origin;
  private final String path;
  private final JsonNode node;
  private final Set<String> asked = new LinkedHashSet<>();

  private Fields(String origin, String path, JsonNode node) {
    if (!node.isObject()) {
      throw new UserError(
          origin + ": expected an object" + (path.isEmpty() ? "" : " at '" + path + "'"));
    }
    this.origin = origin;
    this.path = path;
    this.node = node;
  }

  /** The fields of an object that stands in a file. */
  static Fields of(String origin, JsonNode node) {
    return new Fields(origin, "", node);
  }

  /** How messages call the file. */
  public String origin() {
    return origin;
  }

  /** Whether there is a field of that name. */
  public boolean has(String name) {
    asked.add(name);
    return node.has(name);
  }

  /** A text. */
  public String text(String name) {
    JsonNode value = get(name);
    if (value.isString()) {
      return value.asString();
    }
    throw wrong(name, "a text");
  }

  /** A whole number in a range. */
  public long whole(String name, long least, long most) {
    JsonNode value = get(name);
    if (value.isIntegralNumber()
        && value.canConvertToLong()
        && value.asLong() >= least
        && value.asLong() <= most) {
      return value.asLong();
    }
    throw wrong(name, "a whole number from " + least + " to " + most);
  }

  /** A number; {@code null} stands for one that is not known, NaN. */
  public double real(String name) {
    JsonNode value = get(name);
    if (value.isNull()) {
      return Double.NaN;
    }
    if (value.isNumber()) {
      return value.asDouble();
    }
    throw wrong(name, "a number");
  }

  /** An object whose fields are known to its reader. */
  public Fields object(String name) {
    return new Fields(origin, where(name), get(name));
  }

  /** A list of objects. */
  public List<Fields> objects(String name) {
    JsonNode list = get(name);
    if (!list.isArray()) {
      throw wrong(name, "a list of objects");
    }
    List<Fields> objects = new ArrayList<>();
    for (JsonNode element : list) {
      objects.add(new Fields(origin, where(name) + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  /** An object of texts. */
  public Map<String, String> texts(String name) {
    Fields object = object(name);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : object.node.propertyNames()) {
      texts.put(key, object.text(key));
    }
    return texts;
  }

  /** Refuses fields that nobody asked for. */
  public void refuseOthers() {
    Set<String> others = new TreeSet<>(node.propertyNames());
    others.removeAll(asked);
    if (!others.isEmpty()) {
      throw new UserError(origin + ": unknown field '" + where(others.iterator().next()) + "'");
    }
  }

  /** An error about the object as a whole. */
  public UserError error(String message) {
    return new UserError(origin + ": " + (path.isEmpty() ? "" : "at '" + path + "': ") + message);
  }

  private JsonNode get(String name) {
    asked.add(name);
    JsonNode value = node.get(name);
    if (value == null) {
      throw new UserError(origin + ": field '" + where(name) + "' is missing");
    }
    return value;
  }

  private String where(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private UserError wrong(String name, String expected) {
    String shown = String.valueOf(node.get(name));
    return new UserError(
        "%s: '%s' must be %s, was %s"
            .formatted(
                origin,
                where(name),
                expected,
                shown.length() <= 60 ? shown : shown.substring(0, 60) + "…"));
  }
}
