package org.bellmanrl.lab.internal.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.bellmanrl.api.internal.NearMatches;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * A mapping read from YAML (or JSON, which is YAML), whose entries are read by name and type.
 *
 * <p>Every complaint is a {@link UserError} that names the file, the entry and what was expected.
 */
public final class Document {
  private static final int SHOWN = 60;

  /** Whole numbers up to this are exact as doubles. */
  private static final double MOST_EXACT = 0x1p53;

  private final String origin;
  private final String path;
  private final Map<String, @Nullable Object> entries;
  private final IdentityHashMap<Object, Map<String, YamlReader.Place>> places;
  private final Map<String, YamlReader.Place> own;
  private final Set<String> asked = new LinkedHashSet<>();

  private Document(
      String origin,
      String path,
      Map<?, ?> entries,
      IdentityHashMap<Object, Map<String, YamlReader.Place>> places) {
    this.origin = origin;
    this.path = path;
    this.entries = new LinkedHashMap<>();
    entries.forEach((key, entry) -> this.entries.put(String.valueOf(key), entry));
    this.places = places;
    this.own = places.getOrDefault(entries, Map.of());
  }

  /**
   * Reads a mapping.
   *
   * @param origin how messages call the file
   * @param text its content
   */
  public static Document parse(String origin, String text) {
    YamlReader.Tree tree = YamlReader.read(origin, text);
    return of(origin, "", tree.value(), tree.places());
  }

  /** Reads a sequence of mappings. */
  public static List<Document> parseAll(String origin, String text) {
    YamlReader.Tree tree = YamlReader.read(origin, text);
    if (!(tree.value() instanceof List<?> list)) {
      throw new UserError(origin + ": expected a list of mappings");
    }
    List<Document> documents = new ArrayList<>();
    for (Object element : list) {
      documents.add(of(origin, "[" + documents.size() + "]", element, tree.places()));
    }
    return documents;
  }

  /** A mapping that is here already. */
  public static Document of(String origin, Map<String, ?> entries) {
    return of(origin, "", entries, new IdentityHashMap<>());
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

  private static Document of(
      String origin,
      String path,
      @Nullable Object value,
      IdentityHashMap<Object, Map<String, YamlReader.Place>> places) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new UserError(
          origin + ": expected a mapping" + (path.isEmpty() ? "" : " at '" + path + "'"));
    }
    return new Document(origin, path, map, places);
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

  /** True or false. */
  public boolean truth(String name) {
    if (get(name) instanceof Boolean truth) {
      return truth;
    }
    throw wrong(name, "true or false");
  }

  /** A whole number in a range. */
  public long whole(String name, long least, long most) {
    OptionalLong whole = whole(get(name));
    if (whole.isPresent() && whole.getAsLong() >= least && whole.getAsLong() <= most) {
      return whole.getAsLong();
    }
    throw wrong(
        name,
        most == Long.MAX_VALUE || most == Integer.MAX_VALUE
            ? "a whole number of at least " + least
            : "a whole number from " + least + " to " + most);
  }

  /** A whole number however it is written, as {@code 2000}, {@code 2e3}, {@code 2000.0} or 2k. */
  private static OptionalLong whole(@Nullable Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return OptionalLong.of(((Number) value).longValue());
    }
    if (value instanceof Double real) {
      return real == Math.rint(real) && Math.abs(real) <= MOST_EXACT
          ? OptionalLong.of(real.longValue())
          : OptionalLong.empty();
    }
    if (value instanceof String text && text.matches("[0-9].*[kM]")) {
      try {
        return OptionalLong.of(Numbers.whole(text));
      } catch (NumberFormatException e) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
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

  /** A list of numbers. */
  public List<Double> reals(String name) {
    if (!(get(name) instanceof List<?> list)) {
      throw wrong(name, "a list of numbers");
    }
    List<Double> reals = new ArrayList<>(list.size());
    for (Object value : list) {
      if (!(value instanceof Number number)) {
        throw wrong(name, "a list of numbers");
      }
      reals.add(number.doubleValue());
    }
    return Collections.unmodifiableList(reals);
  }

  /** A list of whole numbers, each at least 0. */
  public List<Long> wholes(String name) {
    if (!(get(name) instanceof List<?> list)) {
      throw wrong(name, "a list of whole numbers");
    }
    List<Long> wholes = new ArrayList<>(list.size());
    for (Object value : list) {
      OptionalLong whole = whole(value);
      if (whole.isEmpty() || whole.getAsLong() < 0) {
        throw wrong(name, "a list of whole numbers of at least 0");
      }
      wholes.add(whole.getAsLong());
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
    return of(origin, where(name), get(name), places);
  }

  /** A list of mappings whose entries are known to their reader. */
  public List<Document> mappings(String name) {
    if (!(get(name) instanceof List<?> list)) {
      throw wrong(name, "a list of mappings");
    }
    List<Document> mappings = new ArrayList<>(list.size());
    for (Object value : list) {
      mappings.add(of(origin, where(name) + "[" + mappings.size() + "]", value, places));
    }
    return mappings;
  }

  /** All entries as they stand. */
  public Map<String, @Nullable Object> entries() {
    asked.addAll(entries.keySet());
    return Collections.unmodifiableMap(entries);
  }

  /** Refuses entries that were not read. */
  public void refuseOthers() {
    for (String name : entries.keySet()) {
      if (!asked.contains(name)) {
        List<String> near = NearMatches.closest(name, asked, 1);
        throw new UserError(
            origin
                + ": unknown entry '"
                + where(name)
                + "'"
                + (near.isEmpty() ? "" : ", did you mean '" + near.getFirst() + "'?")
                + place(name));
      }
    }
  }

  /** What to throw if the entries do not go together. */
  public UserError refusal(String message) {
    return new UserError(origin + ": " + (path.isEmpty() ? "" : "'" + path + "' ") + message);
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
    Object value = entries.get(name);
    String shown = String.valueOf(value);
    String brief = shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "…";
    boolean quoted =
        expected.contains("number")
            && value instanceof String text
            && !text.isEmpty()
            && Character.isDigit(text.charAt(0));
    return new UserError(
        origin
            + ": '"
            + where(name)
            + "' must be "
            + expected
            + ", was "
            + (quoted ? "the text \"" + brief + "\"; leave the quotes out" : brief)
            + place(name));
  }

  /** Where an entry stands, for the end of a message; empty if it did not come from a file. */
  private String place(String name) {
    YamlReader.Place place = own.get(name);
    return place == null ? "" : " (" + place + ")";
  }
}
