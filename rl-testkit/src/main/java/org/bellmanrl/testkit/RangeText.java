package org.bellmanrl.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellmanrl.api.options.Described;

/** Reads ranges of options in the forms that {@link Described#range} defines. */
final class RangeText {
  private static final String BOUND = "(-?[0-9][0-9.e-]*|-?inf|-?pi|[a-z][a-z0-9_]*)";
  private static final Pattern FORM =
      Pattern.compile(
          "(?:BOUND or )?(?:([\\[(])BOUND, BOUND([\\])])|(above|below|at least|at most) BOUND|finite)(?:, .+)?"
              .replace("BOUND", BOUND));

  private RangeText() {}

  /**
   * Lists values that are outside a range, at its bounds.
   *
   * @param range the text
   * @param whole whether values are whole numbers
   * @param defaults the defaults of all options, of which a bound may be one
   * @throws IllegalArgumentException if the text is of another form
   */
  static List<String> outside(String range, boolean whole, Map<String, String> defaults) {
    Matcher form = FORM.matcher(range);
    if (!form.matches()) {
      throw new IllegalArgumentException("no such form: " + range);
    }
    List<String> values = new ArrayList<>();
    boolean interval = form.group(2) != null;
    String side = interval ? "" : form.group(6);
    if (interval || side != null) {
      if (interval || side.equals("above") || side.equals("at least")) {
        boolean included = interval ? form.group(2).equals("[") : side.equals("at least");
        add(values, number(form.group(interval ? 3 : 7), defaults), included, whole, -1);
      }
      if (interval || side.equals("below") || side.equals("at most")) {
        boolean included = interval ? form.group(5).equals("]") : side.equals("at most");
        add(values, number(form.group(interval ? 4 : 7), defaults), included, whole, 1);
      }
    }
    if (!whole) {
      values.add("nan");
      if (!interval) {
        values.addAll(List.of("inf", "-inf"));
      }
    }
    values.remove(form.group(1));
    return values;
  }

  private static double number(String bound, Map<String, String> defaults) {
    String text = defaults.getOrDefault(bound, bound);
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "pi" -> Math.PI;
      case "-pi" -> -Math.PI;
      default -> Double.parseDouble(text);
    };
  }

  private static void add(
      List<String> values, double bound, boolean included, boolean whole, int direction) {
    if (included && Double.isInfinite(bound)) {
      return;
    }
    // A float takes no smaller step than this.
    double step = whole ? 1 : Math.max(Math.ulp((float) bound), 1e-6);
    double value = included ? bound + direction * step : bound;
    values.add(whole ? Long.toString((long) value) : Double.toString(value));
  }
}
