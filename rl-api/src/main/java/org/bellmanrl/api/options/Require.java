package org.bellmanrl.api.options;

import java.util.List;
import java.util.Locale;
import org.bellmanrl.api.schedule.Schedule;

/**
 * Refuses values that are out of range, for the constructors of configuration records: the message
 * names the option, the range and the value, as in {@code gamma must be in [0, 1], was 1.5}.
 *
 * <p>Names are written as users type them, in snake_case. The constants are the texts of the ranges
 * for {@link Described#range}, so that what a listing says and what a constructor enforces are the
 * same. NaN is out of every range. A {@link Schedule} is checked by its least and its greatest
 * number.
 *
 * <p>Every method throws {@link IllegalArgumentException} if the value is out of range, and {@link
 * NumberFormatException} if a range is not written as described.
 */
public final class Require {
  /** The range of probabilities, discounts and other fractions: {@link #unit}. */
  public static final String UNIT = "[0, 1]";

  /** The range of learning rates: {@link #stepSize}. */
  public static final String STEP_SIZE = "(0, 1]";

  /** The range of {@link #positive}. */
  public static final String POSITIVE = "above 0";

  /** The range of {@link #notNegative}. */
  public static final String NOT_NEGATIVE = "at least 0";

  /** The range of {@link #finite}. */
  public static final String FINITE = "finite";

  /** The range of numbers of steps and the like: {@link #atLeast} 1. */
  public static final String AT_LEAST_ONE = "at least 1";

  private Require() {}

  /** Requires a number in [0, 1]. */
  public static void unit(String name, double value) {
    inRange(name, value, UNIT);
  }

  /** Requires numbers in [0, 1]. */
  public static void unit(String name, Schedule schedule) {
    inRange(name, schedule, UNIT);
  }

  /** Requires a learning rate that starts in (0, 1] and ends in [0, 1]. */
  public static void stepSize(String name, Schedule schedule) {
    inRange(name, schedule.at(0), STEP_SIZE);
    inRange(name, schedule, UNIT);
  }

  /** Requires a finite number above 0. */
  public static void positive(String name, double value) {
    check(name, value > 0 && value < Double.POSITIVE_INFINITY, POSITIVE, value);
  }

  /** Requires a finite number above 0 at first that never falls below 0. */
  public static void learningRate(String name, Schedule schedule) {
    boolean valid =
        schedule.at(0) > 0 && schedule.least() >= 0 && Double.isFinite(schedule.greatest());
    check(name, valid, "above 0 at first and never below 0", schedule);
  }

  /** Requires finite numbers above 0. */
  public static void positive(String name, Schedule schedule) {
    boolean valid = schedule.least() > 0 && Double.isFinite(schedule.greatest());
    check(name, valid, POSITIVE, schedule);
  }

  /** Requires a finite number of at least 0. */
  public static void notNegative(String name, double value) {
    check(name, value >= 0 && value < Double.POSITIVE_INFINITY, NOT_NEGATIVE, value);
  }

  /** Requires a finite number. */
  public static void finite(String name, double value) {
    check(name, Double.isFinite(value), FINITE, value);
  }

  /** Requires finite numbers in a list. */
  public static void finite(String name, List<Double> values) {
    for (int i = 0; i < values.size(); i++) {
      if (!Double.isFinite(values.get(i))) {
        throw refused(name + "[" + i + "]", FINITE, values.get(i));
      }
    }
  }

  /** Requires whole numbers in a list, each of at least {@code least}. */
  public static void each(String name, List<Integer> values, long least) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) < least) {
        throw refused(name + "[" + i + "]", "at least " + least, values.get(i));
      }
    }
  }

  /** Requires a whole number of at least {@code least}. */
  public static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw refused(name, "at least " + least, value);
    }
  }

  /**
   * Requires a number in an interval.
   *
   * @param range the interval, {@code "(0, 1]"} for instance: a bracket includes the bound, a
   *     parenthesis excludes it; bounds may also be {@code inf} or {@code pi}, with or without a
   *     minus
   */
  public static void inRange(String name, double value, String range) {
    if (!contains(range, value)) {
      throw refused(name, "in " + range, value);
    }
  }

  /**
   * Requires a whole number in an interval.
   *
   * @param range the interval, {@code "[1, 100]"} for instance
   */
  public static void inRange(String name, long value, String range) {
    if (!contains(range, (double) value)) {
      throw refused(name, "in " + range, value);
    }
  }

  /**
   * Requires numbers in an interval.
   *
   * @param range the interval, as for the numbers
   */
  public static void inRange(String name, Schedule schedule, String range) {
    boolean inside = contains(range, schedule.least()) && contains(range, schedule.greatest());
    check(name, inside, "in " + range, schedule);
  }

  /**
   * Requires that something fits into the memory that Java may use, before it is made.
   *
   * @param what names it, in the words of the options that make it large
   * @param bytes how many it needs, about
   * @throws TooLargeException if it does not fit
   */
  public static void memory(String what, double bytes) {
    long most = Runtime.getRuntime().maxMemory();
    if (!(bytes <= most)) {
      throw new TooLargeException(
          String.format(
              Locale.ROOT,
              "%s needs %.1f GB, but Java may use %.1f GB; make it smaller, or give Java more memory: JDK_JAVA_OPTIONS=-Xmx16g",
              what,
              bytes / 1e9,
              most / 1e9));
    }
  }

  /**
   * Requires that something fits into a part of the memory that Java may use, because copies of it
   * are made.
   *
   * @param what names it, in the words of the options that make it large
   * @param bytes how many it needs, about
   * @param parts of how many equal parts of the memory it may take one
   * @param remedy what makes it smaller, as an imperative
   * @throws TooLargeException if it does not fit
   */
  public static void memory(String what, double bytes, int parts, String remedy) {
    long most = Runtime.getRuntime().maxMemory();
    if (!(bytes <= (double) most / parts)) {
      throw new TooLargeException(
          String.format(
              Locale.ROOT,
              "%s needs %.1f GB, more than 1/%d of the %.1f GB that Java may use; %s, or give Java more memory: JDK_JAVA_OPTIONS=-Xmx16g",
              what,
              bytes / 1e9,
              parts,
              most / 1e9,
              remedy));
    }
  }

  /** Says that something does not fit into memory, before it is made. */
  public static final class TooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
      super(message);
    }
  }

  private static boolean contains(String range, double value) {
    int comma = range.indexOf(',');
    int last = range.length() - 1;
    double low = bound(range.substring(1, Math.max(comma, 1)));
    double high = bound(range.substring(comma + 1, last).strip());
    return (range.charAt(0) == '[' ? value >= low : value > low)
        && (range.charAt(last) == ']' ? value <= high : value < high);
  }

  private static double bound(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "pi" -> Math.PI;
      case "-pi" -> -Math.PI;
      default -> Double.parseDouble(text);
    };
  }

  /** Makes an object of the number only where it must be told: some checks are on hot paths. */
  private static void check(String name, boolean valid, String range, double value) {
    if (!valid) {
      throw refused(name, range, value);
    }
  }

  private static void check(String name, boolean valid, String range, Object value) {
    if (!valid) {
      throw refused(name, range, value);
    }
  }

  private static IllegalArgumentException refused(String name, String range, Object value) {
    return new IllegalArgumentException("%s must be %s, was %s".formatted(name, range, value));
  }
}
