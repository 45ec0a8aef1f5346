package org.bellmanrl.results.document;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads a YAML document (or JSON, which is YAML) into maps, lists, texts, numbers, truth values and
 * nulls, and remembers where the entries of its mappings stand.
 *
 * <p>Scalars are read by YAML's core schema, and numbers may have underscores between their digits.
 * A merge key, {@code <<: *anchor}, brings the entries of another mapping that are not there
 * already. How deep, long and many things may be is bounded, so that no text takes more than time
 * and memory in proportion to its length.
 */
final class YamlReader {
  private static final int MOST_CHARACTERS = 64 << 20;
  private static final int MOST_DEPTH = 64;
  private static final int MOST_NODES = 1 << 20;
  private static final int MOST_SCALAR = 1 << 20;
  private static final int MOST_DIGITS = 400;
  private static final String MERGE = "<<";
  private static final String TAGS = "tag:yaml.org,2002:";

  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+(_[0-9]+)*");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(_[0-9]+)*(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private final String origin;
  private final Iterator<Event> events;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private final IdentityHashMap<Object, Map<String, Place>> places = new IdentityHashMap<>();
  private int nodes;

  private YamlReader(String origin, Iterator<Event> events) {
    this.origin = origin;
    this.events = events;
  }

  /** Where a value stands, counted from 1. */
  record Place(int line, int column) {
    static Place of(Optional<Mark> mark) {
      return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1))
          .orElse(new Place(1, 1));
    }

    @Override
    public String toString() {
      return "line " + line + ", column " + column;
    }
  }

  /** A value that can be referred to, and how many values it holds. */
  private record Anchored(@Nullable Object value, int nodes) {}

  /**
   * What was read.
   *
   * @param value the document; null if it is empty
   * @param places where the entries of each of its mappings stand, by identity
   */
  record Tree(@Nullable Object value, IdentityHashMap<Object, Map<String, Place>> places) {}

  /**
   * Reads a text.
   *
   * @param origin how messages call it
   * @throws UserError if it is no YAML, or too deep or too long; the message says where
   */
  static Tree read(String origin, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(origin).setCodePointLimit(MOST_CHARACTERS).build();
    try {
      YamlReader reader =
          new YamlReader(origin, new ParserImpl(settings, new StreamReader(settings, text)));
      return new Tree(reader.document(), reader.places);
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      String problem = e.getProblem() == null ? String.valueOf(e.getContext()) : e.getProblem();
      throw wrong(origin, problem, Place.of(mark), e);
    } catch (YamlEngineException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new UserError(origin + ": not YAML that can be read here: " + message, e);
    }
  }

  private static UserError wrong(
      String origin, String problem, Place place, @Nullable Exception cause) {
    return new UserError(
        origin + ": not YAML that can be read here, at " + place + ": " + problem, cause);
  }

  private UserError wrong(String problem, Event at) {
    return wrong(origin, problem, Place.of(at.getStartMark()), null);
  }

  private @Nullable Object document() {
    events.next(); // the stream begins
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return null;
    }
    Object value = node(events.next(), 0);
    events.next(); // the document ends
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw wrong("a second document begins; put it into its own file", end);
    }
    return value;
  }

  private @Nullable Object node(Event event, int depth) {
    if (depth > MOST_DEPTH) {
      throw wrong("nested more than " + MOST_DEPTH + " deep", event);
    }
    count(1, event);
    if (event instanceof AliasEvent alias) {
      Anchored anchored = anchors.get(alias.getAlias().getValue());
      if (anchored == null) {
        throw wrong("no anchor '&" + alias.getAlias() + "' ends before this", event);
      }
      count(anchored.nodes(), event);
      return anchored.value();
    }
    int before = nodes;
    Object value =
        switch (event.getEventId()) {
          case Scalar -> scalar((ScalarEvent) event);
          case SequenceStart -> sequence((CollectionStartEvent) event, depth);
          default -> mapping((CollectionStartEvent) event, depth);
        };
    ((NodeEvent) event)
        .getAnchor()
        .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(value, nodes - before)));
    return value;
  }

  private void count(int more, Event event) {
    nodes += more;
    if (nodes > MOST_NODES) {
      throw wrong("more than " + MOST_NODES + " values, aliases counted in full", event);
    }
  }

  private List<@Nullable Object> sequence(CollectionStartEvent start, int depth) {
    check(start, "seq");
    List<@Nullable Object> list = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      list.add(node(event, depth + 1));
    }
    return list;
  }

  private Map<String, @Nullable Object> mapping(CollectionStartEvent start, int depth) {
    check(start, "map");
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    Map<String, Place> own = new HashMap<>();
    List<Object> merged = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (!(event instanceof ScalarEvent name)) {
        throw wrong("a key must be a text", event);
      }
      String key = String.valueOf(node(name, depth + 1));
      Event entry = events.next();
      Object value = node(entry, depth + 1);
      if (key.equals(MERGE) && name.isPlain()) {
        merge(value, merged, entry);
      } else if (own.put(key, Place.of(entry.getStartMark())) != null) {
        throw wrong("the key '" + key + "' is there twice", event);
      } else {
        map.put(key, value);
      }
    }
    for (Object other : merged) {
      places.getOrDefault(other, Map.of()).forEach(own::putIfAbsent);
      ((Map<?, ?>) other).forEach((key, value) -> map.putIfAbsent(String.valueOf(key), value));
    }
    places.put(map, own);
    return map;
  }

  /** Takes note of one mapping, or a list of them, whose entries are wanted too. */
  private void merge(@Nullable Object value, List<Object> merged, Event at) {
    List<?> all = value instanceof List<?> list ? list : Collections.singletonList(value);
    for (Object one : all) {
      if (!(one instanceof Map<?, ?> map)) {
        throw wrong("'<<' takes the entries of a mapping, or of a list of mappings", at);
      }
      count(map.size(), at);
      merged.add(map);
    }
  }

  private void check(CollectionStartEvent start, String kind) {
    start
        .getTag()
        .filter(tag -> !tag.equals(TAGS + kind) && !tag.equals(TAGS + "o" + kind))
        .ifPresent(tag -> {
          throw wrong("the tag '" + tag + "' means nothing here; leave it out", start);
        });
  }

  private @Nullable Object scalar(ScalarEvent event) {
    String text = event.getValue();
    if (text.length() > MOST_SCALAR) {
      throw wrong("a text of more than " + MOST_SCALAR + " characters", event);
    }
    Optional<String> tag = event.getTag();
    if (tag.isPresent()) {
      String kind = tag.get().startsWith(TAGS) ? tag.get().substring(TAGS.length()) : "";
      if (!List.of("str", "int", "float", "bool", "null").contains(kind)) {
        throw wrong("the tag '" + tag.get() + "' means nothing here; leave it out", event);
      }
      return kind.equals("str") ? text : plain(text, event);
    }
    return event.isPlain() ? plain(text, event) : text;
  }

  /** What a text without quotes stands for. */
  private @Nullable Object plain(String text, ScalarEvent event) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
      case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
      case ".nan", ".NaN", ".NAN" -> Double.NaN;
      default -> number(text, event);
    };
  }

  private Object number(String text, ScalarEvent event) {
    char first = text.charAt(0);
    if ("+-.0123456789".indexOf(first) < 0) {
      return text;
    }
    if (text.length() > MOST_DIGITS) {
      if (text.chars().allMatch(c -> "+-.eE_0123456789".indexOf(c) >= 0)) {
        throw wrong("a number of more than " + MOST_DIGITS + " characters", event);
      }
      return text;
    }
    if (WHOLE.matcher(text).matches()) {
      BigInteger whole = new BigInteger(text.replace("_", ""));
      if (whole.bitLength() < Integer.SIZE) {
        return whole.intValue();
      }
      return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    }
    return REAL.matcher(text).matches() ? (Object) Double.valueOf(text.replace("_", "")) : text;
  }
}
