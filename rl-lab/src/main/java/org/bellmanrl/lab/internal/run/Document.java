package org.bellmanrl.lab.internal.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bellmanrl.api.options.NearMatches;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A mapping read from YAML (or JSON, which is YAML), asked for its entries by name and type.
 *
 * <p>Every complaint is a {@link UserError} that names the file, the entry and what was expected.
 */
public final class Document {
  private static final int MAX_CHARACTERS = 64 << 20;

  private final String origin;
  private final String path;
  private final Map<String, @Nullable Object> entries;
  private final Set<String> asked = new LinkedHashSet<>();

  private Document(String origin, String path, Map<String, @Nullable Object> entries) {
    this.origin = origin;
    this.path = path;
    this.entries = entries;
  }

  /**
   * Reads a mapping.
   *
   * @param origin how messages call the file
   * @param text its content
   */
  public static Document parse(String origin, String text) {
    return of(origin, "", load(origin, text));
  }

  /** Reads a sequence of mappings. */
  public static List<Document> parseAll(String origin, String text) {
    if (!(load(origin, text) instanceof List<?> list)) {
      throw new UserError(origin + ": expected a list of mappings");
    }
    List<Document> documents = new ArrayList<>();
    for (Object element : list) {
      documents.add(of(origin, "[" + documents.size() + "]", element));
    }
    return documents;
  }

  /** A mapping that is here already. */
  public static Document of(String origin, Map<String, ?> entries) {
    return of(origin, "", entries);
  }

  /** Writes a mapping as YAML that {@link #parse} reads back. */
  public static String yaml(Map<String, ?> entries) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.AUTO)
            .setWidth(100)
            .setSplitLines(false)
            .setDereferenceAliases(true)
            .build();
    return new Dump(settings).dumpToString(entries);
  }

  /** Writes a value as YAML in one line. */
  public static String inline(@Nullable Object value) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.FLOW)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .setDereferenceAliases(true)
            .build();
    return new Dump(settings).dumpToString(value).strip();
  }

  private static @Nullable Object load(String origin, String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(origin)
            .setCodePointLimit(MAX_CHARACTERS)
            .setMaxAliasesForCollections(0)
            .build();
    try {
      return new Load(settings).loadFromString(text);
    } catch (YamlEngineException | NumberFormatException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new UserError(origin + ": not YAML that can be read here: " + message, e);
    }
  }

  private static Document of(String origin, String path, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new UserError(
          origin + ": expected a mapping" + (path.isEmpty() ? "" : " at '" + path + "'"));
    }
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    map.forEach((key, entry) -> entries.put(String.valueOf(key), entry));
    return new Document(origin, path, entries);
  }

  /** Whether there is an entry of that name. */
  public boolean has(String name) {
    asked.add(name);
    return entries.containsKey(name);
  }

  /** A text. */
  public String text(String name) {
    if (get(name) instanceof String text) {
      return text;
    }
    throw wrong(name, "a text");
  }

  /** A whole number in a range. */
  public long whole(String name, long least, long most) {
    Object value = get(name);
    if ((value instanceof Integer || value instanceof Long)
        && ((Number) value).longValue() >= least
        && ((Number) value).longValue() <= most) {
      return ((Number) value).longValue();
    }
    throw wrong(
        name,
        most == Long.MAX_VALUE || most == Integer.MAX_VALUE
            ? "a whole number of at least " + least
            : "a whole number from " + least + " to " + most);
  }

  /** A number; {@code null} in JSON stands for one that is not finite. */
  public double real(String name) {
    Object value = get(name);
    if (value == null) {
      return Double.NaN;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(name, "a number");
  }

  /** A list of whole numbers, each at least 0. */
  public List<Long> wholes(String name) {
    if (!(get(name) instanceof List<?> list)) {
      throw wrong(name, "a list of whole numbers");
    }
    List<Long> wholes = new ArrayList<>(list.size());
    for (Object value : list) {
      if (!(value instanceof Integer || value instanceof Long)
          || ((Number) value).longValue() < 0) {
        throw wrong(name, "a list of whole numbers of at least 0");
      }
      wholes.add(((Number) value).longValue());
    }
    return Collections.unmodifiableList(wholes);
  }

  /** A list of texts. */
  public List<String> texts(String name) {
    if (!(get(name) instanceof List<?> list)) {
      throw wrong(name, "a list of texts");
    }
    List<String> texts = new ArrayList<>(list.size());
    for (Object value : list) {
      if (!(value instanceof String text)) {
        throw wrong(name, "a list of texts");
      }
      texts.add(text);
    }
    return Collections.unmodifiableList(texts);
  }

  /** A mapping whose entries are known to its reader. */
  public Document mapping(String name) {
    return of(origin, where(name), get(name));
  }

  /** A list of mappings whose entries are known to their reader. */
  public List<Document> mappings(String name) {
    if (!(get(name) instanceof List<?> list)) {
      throw wrong(name, "a list of mappings");
    }
    List<Document> mappings = new ArrayList<>(list.size());
    for (Object value : list) {
      mappings.add(of(origin, where(name) + "[" + mappings.size() + "]", value));
    }
    return mappings;
  }

  /** All entries as they stand. */
  public Map<String, @Nullable Object> entries() {
    asked.addAll(entries.keySet());
    return Collections.unmodifiableMap(entries);
  }

  /** Refuses entries that nobody asked for. */
  public void refuseOthers() {
    for (String name : entries.keySet()) {
      if (!asked.contains(name)) {
        List<String> near = NearMatches.closest(name, asked, 1);
        throw new UserError(
            origin
                + ": unknown entry '"
                + where(name)
                + "'"
                + (near.isEmpty() ? "" : ", did you mean '" + near.getFirst() + "'?"));
      }
    }
  }

  private @Nullable Object get(String name) {
    if (!has(name)) {
      throw new UserError(origin + ": entry '" + where(name) + "' is missing");
    }
    return entries.get(name);
  }

  private String where(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private UserError wrong(String name, String expected) {
    String shown = String.valueOf(entries.get(name));
    return new UserError(
        origin
            + ": '"
            + where(name)
            + "' must be "
            + expected
            + ", was "
            + (shown.length() <= 60 ? shown : shown.substring(0, 60) + "…"));
  }
}
