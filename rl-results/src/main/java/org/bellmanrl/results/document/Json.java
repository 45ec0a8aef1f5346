package org.bellmanrl.results.document;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, collections, texts, numbers and truth values as JSON. A number that is not finite
 * becomes {@code null}, and any other object the text of its {@code toString}.
 *
 * <p>Stateless.
 */
public final class Json {
  private Json() {}

  /**
   * Returns a value as JSON, with a line per entry for maps on the outside, and without a line
   * break at the end.
   */
  public static String text(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, "\n");
    return out.toString();
  }

  /** Returns a value as JSON in one line. */
  public static String line(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, "");
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out, String newline) {
    switch (value) {
      case null -> out.append("null");
      case Map<?, ?> map -> map(map, out, newline);
      case Collection<?> list -> list(list, out, newline);
      case Double number when !Double.isFinite(number) -> out.append("null");
      case Number number -> out.append(number);
      case Boolean truth -> out.append(truth);
      default -> string(value.toString(), out);
    }
  }

  private static void map(Map<?, ?> map, StringBuilder out, String newline) {
    String inner = newline.isEmpty() ? "" : newline + "  ";
    out.append('{');
    for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<?, ?> entry = i.next();
      out.append(inner);
      string(String.valueOf(entry.getKey()), out);
      out.append(": ");
      write(entry.getValue(), out, inner);
      out.append(i.hasNext() ? newline.isEmpty() ? ", " : "," : newline);
    }
    out.append('}');
  }

  /** On one line, but for maps on the outside, which take a line each. */
  private static void list(Collection<?> list, StringBuilder out, String newline) {
    boolean lines = newline.startsWith("\n") && list.stream().anyMatch(Map.class::isInstance);
    String inner = newline + "  ";
    out.append('[');
    for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
      out.append(lines ? inner : "");
      write(i.next(), out, " ");
      out.append(i.hasNext() ? lines ? "," : ", " : lines ? newline : "");
    }
    out.append(']');
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(Character.forDigit(c >> 4, 16));
            out.append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
