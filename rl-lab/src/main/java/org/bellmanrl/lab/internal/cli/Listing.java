package org.bellmanrl.lab.internal.cli;

import java.util.List;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.registry.Entry;

/** Options and settings as text. */
final class Listing {
  private Listing() {}

  /** Each entry's id and what it is. */
  static String entries(List<? extends Entry> entries, int room) {
    int width = entries.stream().mapToInt(entry -> entry.id().length()).max().orElse(0);
    StringBuilder out = new StringBuilder();
    for (Entry entry : entries) {
      String label = entry.id() + " ".repeat(width - entry.id().length() + 2);
      out.append(wrapped(label, entry.description(), room)).append('\n');
    }
    return out.toString();
  }

  /** Each option's name and default, then what it does and which values it takes. */
  static String options(List<OptionSchema.Description> options, String indent, int room) {
    int width = 0;
    for (OptionSchema.Description option : options) {
      width = Math.max(width, head(option).length());
    }
    StringBuilder out = new StringBuilder();
    for (OptionSchema.Description option : options) {
      String head = head(option);
      String label = indent + head + " ".repeat(width - head.length() + 2);
      out.append(wrapped(label, words(option), room)).append('\n');
    }
    return out.toString();
  }

  private static String words(OptionSchema.Description option) {
    return option.type()
        + (option.range().isEmpty() ? "" : ", " + option.range())
        + (option.description().isEmpty() ? "" : ": " + option.description())
        + (option.aliases().isEmpty() ? "" : " (also " + String.join(", ", option.aliases()) + ")");
  }

  private static String head(OptionSchema.Description option) {
    return option.name() + "=" + option.defaultText();
  }

  /** A sentence behind a label, broken into lines that fit. */
  static String wrapped(String label, String sentence, int room) {
    return wrapped(label, List.of(sentence.split(" ", -1)), room);
  }

  /**
   * Words behind a label, broken into lines that fit. Later lines begin below the first word, or
   * further to the left where that would leave too little room.
   */
  static String wrapped(String label, List<String> words, int room) {
    int indent = Math.min(label.length(), room / 3);
    StringBuilder out = new StringBuilder(label);
    int column = label.length();
    boolean begins = true;
    for (String word : words) {
      if (column > indent && column + (begins ? 0 : 1) + word.length() > room) {
        out.setLength(out.toString().stripTrailing().length());
        out.append('\n').append(" ".repeat(indent));
        column = indent;
      } else if (!begins) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += word.length();
      begins = false;
    }
    return out.toString();
  }
}
