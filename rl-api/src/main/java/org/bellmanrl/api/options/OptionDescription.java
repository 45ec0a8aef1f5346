package org.bellmanrl.api.options;

import java.util.List;

/**
 * What a listing shows of an option.
 *
 * @param name the name in snake_case
 * @param type the type in words: {@code int}, {@code list of double}, {@code one of random, first}
 * @param defaultText the default as it could be typed; {@code None} where there is no value
 * @param description what the option does, or empty
 * @param range the allowed values, or empty
 * @param aliases further names
 */
public record OptionDescription(
    String name,
    String type,
    String defaultText,
    String description,
    String range,
    List<String> aliases) {
  /** Copies the list. */
  public OptionDescription {
    aliases = List.copyOf(aliases);
  }
}
