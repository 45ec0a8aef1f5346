package org.bellmanrl.results.document;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as text, the same in every locale. (A {@code Formatter} would cost a short command a
 * noticeable part of its time.)
 *
 * <p>Stateless.
 */
public final class Numbers {
  private static final Pattern WHOLE =
      Pattern.compile("([+-]?[0-9]+(?:_[0-9]+)*(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?)([kKM]?)");

  /** Longer texts are no numbers that fit a long, and take time in proportion to their square. */
  private static final int LONGEST_WHOLE = 60;

  private Numbers() {}

  /**
   * Reads a whole number as people write large ones: {@code 1000000}, {@code 1_000_000}, {@code
   * 1e6}, {@code 1M}, {@code 2.5k}.
   *
   * @throws NumberFormatException if the text is no whole number, or one that does not fit a long;
   *     the message quotes it
   */
  public static long whole(String text) {
    Matcher matcher = WHOLE.matcher(text.strip());
    if (text.length() <= LONGEST_WHOLE && matcher.matches()) {
      try {
        int zeros = matcher.group(2).isEmpty() ? 0 : matcher.group(2).equals("M") ? 6 : 3;
        return new BigDecimal(matcher.group(1).replace("_", ""))
            .scaleByPowerOfTen(zeros)
            .longValueExact();
      } catch (ArithmeticException e) {
        // A fraction, or too large: refused below, as everything else that is no whole number.
      }
    }
    String shown = text.length() <= LONGEST_WHOLE ? text : text.substring(0, LONGEST_WHOLE) + "…";
    throw new NumberFormatException(
        "'" + shown + "' is not a whole number such as 200000, 200_000, 2e5 or 200k");
  }

  /**
   * Returns a number with a fixed number of decimals, ties rounded to even; {@code nan}, {@code
   * inf} or {@code -inf} for one that is not finite.
   */
  public static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    String text = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    return negativeZero(text) ? text.substring(1) : text;
  }

  /** A count with commas between groups of three digits. */
  public static String grouped(long value) {
    String digits = Long.toString(Math.abs(value));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0) {
        text.append(',');
      }
      text.append(digits.charAt(i));
    }
    return value < 0 ? "-" + text : text.toString();
  }

  /** A count with its noun, which gets an s unless the count is 1: {@code 1 episode}. */
  public static String count(long value, String noun) {
    return grouped(value) + " " + noun + (value == 1 ? "" : "s");
  }

  /** A rate in a few characters: {@code 870}, {@code 12.3k}, {@code 4.1M}. */
  public static String rate(double value) {
    if (value >= 999_950) {
      return fixed(value / 1e6, 1) + "M";
    }
    return value >= 999.5 ? fixed(value / 1e3, 1) + "k" : fixed(value, 0);
  }

  /** A number in about three digits: {@code 0.125}, {@code 12.5}, {@code 3.2e-5}. */
  public static String brief(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 0.001 || size >= 100_000) && Double.isFinite(value)) {
      return String.format(Locale.ROOT, "%.1e", value).replace("e-0", "e-").replace("e+0", "e");
    }
    return fixed(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
  }

  /** A time as {@code 0.4 s}, {@code 3:05} or {@code 2:03:05}. */
  public static String duration(double seconds) {
    if (seconds < 10) {
      return fixed(seconds, 1) + " s";
    }
    long whole = Math.round(seconds);
    String tail = two(whole / 60 % 60) + ":" + two(whole % 60);
    return whole >= 3600 ? whole / 3600 + ":" + tail : tail;
  }

  /** The shortest text that reads back to the same number; whole ones without {@code .0}. */
  public static String exact(double value) {
    long whole = (long) value;
    boolean integral = whole == value && Math.abs(value) < 1e15;
    return integral && !(value == 0 && 1 / value < 0)
        ? Long.toString(whole)
        : Double.toString(value);
  }

  private static String two(long value) {
    return value < 10 ? "0" + value : Long.toString(value);
  }

  private static boolean negativeZero(String text) {
    if (text.charAt(0) != '-') {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '0' && c != '.') {
        return false;
      }
    }
    return true;
  }
}
