package org.bellmanrl.lab.internal.cli;

import java.util.List;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.registry.Entry;

/** Options and settings as text. */
final class Listing {
  private Listing() {}

  /** A line per entry: its id and what it is. */
  static String entries(List<? extends Entry> entries) {
    int width = entries.stream().mapToInt(entry -> entry.id().length()).max().orElse(0);
    StringBuilder out = new StringBuilder();
    for (Entry entry : entries) {
      out.append(entry.id()).append(" ".repeat(width - entry.id().length() + 2));
      out.append(entry.description()).append('\n');
    }
    return out.toString();
  }

  /** A line per option: name and default, then what it does and which values it takes. */
  static String options(List<OptionSchema.Description> options, String indent) {
    int width = 0;
    for (OptionSchema.Description option : options) {
      width = Math.max(width, head(option).length());
    }
    StringBuilder out = new StringBuilder();
    for (OptionSchema.Description option : options) {
      String head = head(option);
      out.append(indent).append(head).append(" ".repeat(width - head.length() + 2));
      out.append(option.type());
      if (!option.range().isEmpty()) {
        out.append(", ").append(option.range());
      }
      if (!option.description().isEmpty()) {
        out.append(": ").append(option.description());
      }
      if (!option.aliases().isEmpty()) {
        out.append(" (also ").append(String.join(", ", option.aliases())).append(')');
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static String head(OptionSchema.Description option) {
    return option.name() + "=" + option.defaultText();
  }

  /** A sentence behind a label, broken into lines that fit. */
  static String wrapped(String label, String sentence, int width) {
    return wrapped(label, List.of(sentence.split(" ", -1)), width);
  }

  /** Words behind a label, broken into lines that fit. */
  static String wrapped(String label, List<String> words, int width) {
    StringBuilder out = new StringBuilder(label);
    int column = label.length();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (i > 0 && column + 1 + word.length() > width) {
        out.append('\n').append(" ".repeat(label.length()));
        column = label.length();
      } else if (i > 0) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += word.length();
    }
    return out.toString();
  }
}
