package org.bellmanrl.gymnasium.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON as Python reads it: with Infinity and NaN. */
final class Json {
  private Json() {}

  /**
   * Writes a value.
   *
   * @param value null, a boolean, a number, text, or a list or map of these
   */
  static String text(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case Boolean truth -> out.append(truth);
      case Number number -> out.append(number);
      case String text -> quote(text, out);
      case List<?> list -> {
        out.append('[');
        for (Object element : list) {
          separate(out, '[');
          write(element, out);
        }
        out.append(']');
      }
      case Map<?, ?> map -> {
        out.append('{');
        map.forEach((name, element) -> {
          separate(out, '{');
          quote(String.valueOf(name), out);
          out.append(':');
          write(element, out);
        });
        out.append('}');
      }
      default ->
          throw new IllegalArgumentException(
              "a keyword argument must be text, a number, a boolean, a list or a map of these, was "
                  + value.getClass().getName());
    }
  }

  private static void separate(StringBuilder out, char opening) {
    if (out.charAt(out.length() - 1) != opening) {
      out.append(',');
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < ' ' || c > '~') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
