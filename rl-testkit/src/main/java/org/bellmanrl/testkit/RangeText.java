package org.bellmanrl.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the range texts of options, as far as they are figures. */
final class RangeText {
  private static final String NUMBER = "(-?[0-9.]+|-?inf)";
  private static final Pattern INTERVAL =
      Pattern.compile("([\\[(])" + NUMBER + ", " + NUMBER + "([\\])])");
  private static final Pattern FROM_TO = Pattern.compile(NUMBER + " to " + NUMBER);
  private static final Pattern ABOVE = Pattern.compile("above " + NUMBER + "(, finite)?");
  private static final Pattern AT_LEAST = Pattern.compile("at least " + NUMBER);
  private static final Pattern OR_MORE = Pattern.compile(NUMBER + " or more");

  private RangeText() {}

  /**
   * Lists values that are outside a range, at its bounds.
   *
   * @param range the text
   * @param whole whether values are whole numbers
   * @return none if the text is of another form
   */
  static List<String> outside(String range, boolean whole) {
    List<String> values = new ArrayList<>();
    Matcher interval = INTERVAL.matcher(range);
    Matcher fromTo = FROM_TO.matcher(range);
    Matcher above = ABOVE.matcher(range);
    Matcher atLeast = AT_LEAST.matcher(range);
    Matcher orMore = OR_MORE.matcher(range);
    if (interval.matches()) {
      values.add(below(interval.group(2), interval.group(1).equals("["), whole));
      values.add(beyond(interval.group(3), interval.group(4).equals("]"), whole));
    } else if (fromTo.matches()) {
      values.add(below(fromTo.group(1), true, whole));
      values.add(beyond(fromTo.group(2), true, whole));
    } else if (above.matches()) {
      values.add(below(above.group(1), false, whole));
    } else if (atLeast.matches()) {
      values.add(below(atLeast.group(1), true, whole));
    } else if (orMore.matches()) {
      values.add(below(orMore.group(1), true, whole));
    } else if (!range.equals("finite")) {
      return List.of();
    }
    if (!whole) {
      values.add("nan");
    }
    if (range.equals("finite")) {
      values.addAll(List.of("inf", "-inf"));
    }
    return values;
  }

  private static String below(String bound, boolean included, boolean whole) {
    return outside(bound, included, whole, -1);
  }

  private static String beyond(String bound, boolean included, boolean whole) {
    return outside(bound, included, whole, 1);
  }

  private static String outside(String bound, boolean included, boolean whole, int direction) {
    if (!included) {
      return bound;
    }
    if (whole) {
      return Long.toString(Long.parseLong(bound) + direction);
    }
    double value = Double.parseDouble(bound);
    // A float takes no smaller step than this.
    double step = Math.max(Math.ulp((float) value), 1e-6);
    return Double.toString(value + direction * step);
  }
}
