package org.bellmanrl.api.options;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes values as text, in the common ground of Python, JSON and the command line. */
final class Literals {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9_]+");

  private Literals() {}

  /** Returns whether a text stands for "no value". */
  static boolean isNone(String text) {
    return text.equals("None") || text.equals("null");
  }

  /**
   * Reads a literal of any type.
   *
   * @return null, {@link Boolean}, {@link Long}, {@link Double}, {@link List} of these, or {@link
   *     String} if it is nothing else
   */
  static @Nullable Object any(String text) throws Mismatch {
    String stripped = text.strip();
    if (isNone(stripped)) {
      return null;
    } else if (stripped.equalsIgnoreCase("true")) {
      return true;
    } else if (stripped.equalsIgnoreCase("false")) {
      return false;
    } else if (!stripped.isEmpty() && isQuote(stripped.charAt(0))) {
      return unquote(stripped);
    } else if (!stripped.isEmpty() && isOpening(stripped.charAt(0))) {
      List<@Nullable Object> list = new ArrayList<>();
      for (String element : elements(stripped)) {
        list.add(any(element));
      }
      return Collections.unmodifiableList(list);
    }
    try {
      return WHOLE.matcher(stripped).matches() ? (Object) whole(stripped) : real(stripped);
    } catch (Mismatch e) {
      return text;
    }
  }

  /** Returns whether {@link #any} reads a text as itself. */
  static boolean isFree(String text) {
    try {
      return text.equals(any(text));
    } catch (Mismatch e) {
      return false;
    }
  }

  /** Reads {@code 3}, {@code -1e3}, {@code 1_000}, {@code 3.0}, {@code 20k} or {@code 1.5M}. */
  static long whole(String text) throws Mismatch {
    String stripped = text.strip();
    int zeros =
        stripped.endsWith("M") ? 6 : stripped.endsWith("k") || stripped.endsWith("K") ? 3 : 0;
    String number = zeros == 0 ? stripped : stripped.substring(0, stripped.length() - 1);
    try {
      return new BigDecimal(digits(number)).scaleByPowerOfTen(zeros).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new Mismatch();
    }
  }

  /**
   * Reads a decimal number, a fraction such as {@code 1/3}, {@code inf}, {@code -inf} or {@code
   * nan}.
   */
  static double real(String text) throws Mismatch {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> fraction(lower);
    };
  }

  private static double fraction(String text) throws Mismatch {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return decimal(text);
    }
    double denominator = decimal(text.substring(slash + 1));
    if (denominator == 0) {
      throw new Mismatch("division by zero");
    }
    return decimal(text.substring(0, slash)) / denominator;
  }

  private static double decimal(String text) throws Mismatch {
    double value;
    try {
      value = Double.parseDouble(digits(text));
    } catch (NumberFormatException e) {
      throw new Mismatch();
    }
    if (Double.isInfinite(value)) {
      throw new Mismatch("too large for a double");
    }
    return value;
  }

  /**
   * Takes the underscores between digits away, and refuses what only Java's parser accepts: 1d,
   * 0x1p3.
   */
  private static String digits(String text) throws Mismatch {
    String stripped = text.strip();
    StringBuilder digits = new StringBuilder(stripped.length());
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      if (c == '_') {
        if (i == 0
            || i == stripped.length() - 1
            || !isDigit(stripped.charAt(i - 1))
            || !isDigit(stripped.charAt(i + 1))) {
          throw new Mismatch();
        }
      } else if (isDigit(c) || "+-.eE".indexOf(c) >= 0) {
        digits.append(c);
      } else {
        throw new Mismatch();
      }
    }
    return digits.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Writes the shortest text that reads back to the same double. */
  static String text(double value) {
    return tidy(Double.toString(value));
  }

  /** Writes the shortest text that reads back to the same float. */
  static String text(float value) {
    return tidy(Float.toString(value));
  }

  /** Turns Java's spelling into the common one: 1.0E-4 into 1e-4, 3.0 into 3. */
  static String tidy(String java) {
    return switch (java) {
      case "Infinity" -> "inf";
      case "-Infinity" -> "-inf";
      case "NaN" -> "nan";
      default -> {
        String text = java.replace(".0E", "e").replace('E', 'e');
        yield text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
      }
    };
  }

  /**
   * Reads a text that may stand in quotes, as in Python or JSON; without quotes it stands for
   * itself.
   */
  static String unquote(String text) throws Mismatch {
    if (text.isEmpty() || !isQuote(text.charAt(0))) {
      return text;
    }
    char quote = text.charAt(0);
    StringBuilder out = new StringBuilder(text.length());
    int i = 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == quote) {
        if (i != text.length() - 1) {
          throw new Mismatch("text behind the closing quote");
        }
        return out.toString();
      }
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        char escaped = text.charAt(i);
        switch (escaped) {
          case 'n' -> out.append('\n');
          case 't' -> out.append('\t');
          case 'r' -> out.append('\r');
          case '\\', '\'', '"', '/' -> out.append(escaped);
          default -> throw new Mismatch("unknown escape \\" + escaped);
        }
      } else {
        out.append(c);
      }
      i++;
    }
    throw new Mismatch("the quote is not closed");
  }

  /** Writes a text so that {@link #unquote} gives it back and it is not taken for "no value". */
  static String quoteIfNeeded(String text) {
    boolean needed = !text.isEmpty() && (isQuote(text.charAt(0)) || isNone(text));
    return needed ? quote(text) : text;
  }

  /** Writes a text in double quotes. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        case '\\', '"' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /**
   * Splits {@code [a, b]}, {@code (a, b)} or bare {@code a,b} at the commas that stand in no quotes
   * and no inner brackets. The elements keep their quotes.
   */
  static List<String> elements(String text) throws Mismatch {
    String all = text.strip();
    boolean bracketed = inBrackets(all);
    String inner = bracketed ? all.substring(1, all.length() - 1) : all;
    List<String> elements = new ArrayList<>();
    int depth = 0;
    int start = 0;
    int i = 0;
    while (i < inner.length()) {
      char c = inner.charAt(i);
      if (isQuote(c)) {
        i = closingQuote(inner, i);
      } else if (isOpening(c)) {
        depth++;
      } else if (isClosing(c)) {
        depth--;
        if (depth < 0) {
          throw new Mismatch("the brackets do not match");
        }
      } else if (c == ',' && depth == 0) {
        elements.add(element(inner.substring(start, i)));
        start = i + 1;
      }
      i++;
    }
    if (depth != 0) {
      throw new Mismatch("the brackets do not match");
    }
    String last = inner.substring(start).strip();
    if (!last.isEmpty()) {
      elements.add(last);
    } else if (elements.isEmpty() && !bracketed) {
      throw new Mismatch();
    }
    return elements;
  }

  private static String element(String text) throws Mismatch {
    String element = text.strip();
    if (element.isEmpty()) {
      throw new Mismatch("an element is empty");
    }
    return element;
  }

  /** Returns whether the first character is a bracket that the last one closes. */
  private static boolean inBrackets(String text) throws Mismatch {
    if (text.isEmpty() || !isOpening(text.charAt(0))) {
      return false;
    }
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isQuote(c)) {
        i = closingQuote(text, i);
      } else if (isOpening(c)) {
        depth++;
      } else if (isClosing(c)) {
        depth--;
        if (depth == 0) {
          return i == text.length() - 1 && (text.charAt(0) == '[') == (c == ']');
        }
      }
    }
    throw new Mismatch("the brackets do not match");
  }

  private static int closingQuote(String text, int opening) throws Mismatch {
    int i = opening + 1;
    while (i < text.length()) {
      if (text.charAt(i) == text.charAt(opening)) {
        return i;
      }
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    throw new Mismatch("a quote is not closed");
  }

  private static boolean isOpening(char c) {
    return c == '[' || c == '(';
  }

  private static boolean isClosing(char c) {
    return c == ']' || c == ')';
  }
}
