package org.bellmanrl.tune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a search, and the options of a learner that follow from their values.
 *
 * <p>A parameter is the option of the same name, unless it stands in braces in the text of another
 * option, as in {@code exploration: "linear:1:{final_epsilon}:50%"}.
 *
 * <p>Immutable.
 *
 * @param source where the space comes from, for its readers
 * @param parameters what is searched, by name, in an order that decides what is drawn first
 * @param options texts with parameters in braces, and values that every trial has
 */
public record SearchSpace(
    String source, Map<String, Distribution> parameters, Map<String, @Nullable Object> options) {
  private static final String OURS = "ours";
  private static final Pattern BRACES = Pattern.compile("\\{(\\w+)}");

  public SearchSpace {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Returns a space without parameters. */
  public static SearchSpace empty() {
    return new SearchSpace(OURS, Map.of(), Map.of());
  }

  /**
   * Reads a space: its {@code parameters}, each as {@link Distribution#of} reads it, and, if there
   * are any, its {@code options} and its {@code source}.
   *
   * @throws UserError if an entry is unknown or wrong
   */
  public static SearchSpace of(Document document) {
    Map<String, Distribution> parameters = new LinkedHashMap<>();
    if (document.has("parameters")) {
      document
          .mapping("parameters")
          .entries()
          .forEach((name, written) -> parameters.put(name, Distribution.of(name, written)));
    }
    SearchSpace space =
        new SearchSpace(
            document.has("source") ? document.text("source") : OURS,
            parameters,
            document.has("options") ? document.mapping("options").entries() : Map.of());
    document.refuseOthers();
    return space;
  }

  /**
   * Returns this space with another's parameters and options in the place of those of the same
   * names.
   */
  public SearchSpace changed(SearchSpace other) {
    Map<String, Distribution> ranges = new LinkedHashMap<>(parameters);
    Map<String, @Nullable Object> texts = new LinkedHashMap<>(options);
    ranges.keySet().removeAll(other.options.keySet());
    texts.keySet().removeAll(other.parameters.keySet());
    ranges.putAll(other.parameters);
    texts.putAll(other.options);
    SearchSpace all = new SearchSpace(other.source, ranges, texts);
    // What stood in a text that is gone is no option.
    ranges
        .keySet()
        .removeIf(
            name -> isInside(name) && !all.isInside(name) && !other.parameters.containsKey(name));
    return new SearchSpace(other.source, ranges, texts);
  }

  /**
   * Returns this space without some options, and without the parameters that only these need.
   *
   * @param option accepts the names of what is to be left out
   */
  public SearchSpace without(Predicate<String> option) {
    Map<String, @Nullable Object> texts = new LinkedHashMap<>(options);
    texts.keySet().removeIf(option);
    SearchSpace rest = new SearchSpace(source, Map.of(), texts);
    Map<String, Distribution> ranges = new LinkedHashMap<>(parameters);
    ranges.keySet().removeIf(name -> !rest.isInside(name) && (isInside(name) || option.test(name)));
    return new SearchSpace(source, ranges, texts);
  }

  private boolean isInside(String parameter) {
    return options.values().stream().anyMatch(text -> inside(text).contains(parameter));
  }

  private static List<String> inside(@Nullable Object text) {
    return text instanceof String pattern
        ? BRACES.matcher(pattern).results().map(result -> result.group(1)).toList()
        : List.of();
  }

  /** Returns the learner's options for values of the parameters. */
  public Map<String, @Nullable Object> options(Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      if (!isInside(name)) {
        all.put(name, value);
      }
    });
    options.forEach((name, text) -> all.put(name, filled(text, values)));
    return all;
  }

  private static @Nullable Object filled(
      @Nullable Object text, Map<String, @Nullable Object> values) {
    if (!(text instanceof String pattern)) {
      return text;
    }
    String filled = pattern;
    for (Map.Entry<String, @Nullable Object> value : values.entrySet()) {
      filled = filled.replace("{" + value.getKey() + "}", String.valueOf(value.getValue()));
    }
    return filled;
  }

  /**
   * Returns the values at a point.
   *
   * @param point a coordinate for each parameter, in their order
   */
  public Map<String, @Nullable Object> values(double[] point) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int i = 0;
    for (Map.Entry<String, Distribution> parameter : parameters.entrySet()) {
      values.put(parameter.getKey(), parameter.getValue().value(point[i++]));
    }
    return values;
  }

  /**
   * Returns the point of values.
   *
   * @throws UserError if a parameter has no value, or one that its distribution does not have
   */
  public double[] point(Map<String, @Nullable Object> values) {
    double[] point = new double[parameters.size()];
    int i = 0;
    for (Map.Entry<String, Distribution> parameter : parameters.entrySet()) {
      if (!values.containsKey(parameter.getKey())) {
        throw new UserError("there is no value of '" + parameter.getKey() + "'");
      }
      point[i++] = parameter.getValue().coordinate(values.get(parameter.getKey()));
    }
    return point;
  }

  /** Returns the entries that {@link #of(Document)} reads back. */
  public Map<String, @Nullable Object> entries() {
    Map<String, Object> ranges = new LinkedHashMap<>();
    parameters.forEach((name, distribution) -> ranges.put(name, distribution.written()));
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("source", source);
    entries.put("parameters", ranges);
    entries.put("options", options);
    return entries;
  }
}
