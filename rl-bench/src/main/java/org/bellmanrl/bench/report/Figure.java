package org.bellmanrl.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bellmanrl.results.document.Document;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one benchmark with one choice of its parameters.
 *
 * @param suite the class, without its package
 * @param title what the class measures, for people
 * @param method the benchmark
 * @param parameters its parameters, by name
 * @param unit {@link #RATE} or {@link #TIME}
 * @param score mean over the iterations
 * @param error half width of the 99 % interval of the mean; NaN if there was one iteration only
 * @param allocation bytes allocated per operation; NaN if that was not measured
 * @param limit the method of the same class that it is compared with; null for none
 * @param ratio speed in parts of the limit's, greater is better; NaN without a limit
 * @param ratioError half width of the ratio's interval, both errors taken as independent
 */
record Figure(
    String suite,
    String title,
    String method,
    Map<String, String> parameters,
    String unit,
    double score,
    double error,
    double allocation,
    @Nullable String limit,
    double ratio,
    double ratioError) {
  /** Operations a second: more is better. */
  static final String RATE = "op/s";

  /** Seconds for an operation: less is better. */
  static final String TIME = "s/op";

  Figure {
    parameters = Map.copyOf(parameters);
    if (!unit.equals(RATE) && !unit.equals(TIME)) {
      throw new IllegalArgumentException(
          "unit must be '%s' or '%s', was '%s'".formatted(RATE, TIME, unit));
    }
    if (!(score > 0 && score < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("score must be finite and above 0, was " + score);
    }
    if (error < 0 || ratioError < 0 || allocation < 0 || ratio <= 0) {
      throw new IllegalArgumentException(
          "error, ratioError and allocation must be at least 0 and ratio above 0, were %s, %s, %s, %s"
              .formatted(error, ratioError, allocation, ratio));
    }
  }

  /** The same beside its limit. */
  Figure against(Figure other) {
    double own = unit.equals(RATE) ? score / other.score : other.score / score;
    return new Figure(
        suite,
        title,
        method,
        parameters,
        unit,
        score,
        error,
        allocation,
        other.method,
        own,
        own * Math.hypot(error / score, other.error / other.score));
  }

  /** By what reports know it: {@code Suite.method[name=value,…]}, names in order. */
  String id() {
    return suite + "." + label();
  }

  /** The method and its parameters. */
  String label() {
    return parameters.isEmpty() ? method : method + "[" + parameterText(",") + "]";
  }

  /** The parameters in the order of their names. */
  String parameterText(String separator) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> entry : new TreeMap<>(parameters).entrySet()) {
      text.append(text.isEmpty() ? "" : separator);
      text.append(entry.getKey()).append('=').append(entry.getValue());
    }
    return text.toString();
  }

  /** Whether another is measured on the same parameters of the same class. */
  boolean besides(Figure other) {
    return suite.equals(other.suite) && parameters.equals(other.parameters);
  }

  /** Operations a second, or their reciprocal: greater is better. */
  double speed() {
    return unit.equals(RATE) ? score : 1 / score;
  }

  /** By name, for JSON. */
  Map<String, @Nullable Object> entries() {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("suite", suite);
    entries.put("title", title);
    entries.put("method", method);
    entries.put("parameters", new TreeMap<>(parameters));
    entries.put("unit", unit);
    entries.put("score", score);
    entries.put("error", error);
    entries.put("allocation", allocation);
    if (limit != null) {
      entries.put("limit", limit);
      entries.put("ratio", ratio);
      entries.put("ratioError", ratioError);
    }
    return entries;
  }

  /** Reads {@link #entries}. */
  static Figure of(Document fields) {
    boolean compared = fields.has("limit");
    try {
      Figure figure =
          new Figure(
              fields.text("suite"),
              fields.text("title"),
              fields.text("method"),
              parameters(fields.mapping("parameters")),
              fields.text("unit"),
              fields.real("score"),
              fields.real("error"),
              fields.real("allocation"),
              compared ? fields.text("limit") : null,
              compared ? fields.real("ratio") : Double.NaN,
              compared ? fields.real("ratioError") : Double.NaN);
      fields.refuseOthers();
      return figure;
    } catch (IllegalArgumentException e) {
      throw fields.refusal(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> parameters(Document fields) {
    Map<String, String> parameters = new TreeMap<>();
    fields.entries().keySet().forEach(name -> parameters.put(name, fields.text(name)));
    return parameters;
  }

  /** How many times as fast this is as something else with a score in the same unit. */
  double factorOver(double otherScore) {
    return unit.equals(RATE) ? score / otherScore : otherScore / score;
  }
}
