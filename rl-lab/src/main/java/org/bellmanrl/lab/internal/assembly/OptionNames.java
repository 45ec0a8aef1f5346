package org.bellmanrl.lab.internal.assembly;

import java.util.Locale;
import java.util.Map;
import org.bellmanrl.api.options.OptionSchema;
import org.jspecify.annotations.Nullable;

/** The names of options, which may be written without underscores, in any case, or as aliases. */
public final class OptionNames {
  private OptionNames() {}

  /** The name of the option that is written; what is written if there is none. */
  public static String of(OptionSchema<?> schema, String written) {
    return schema.descriptions().stream()
        .filter(option -> isNamed(option, written))
        .findFirst()
        .map(OptionSchema.Description::name)
        .orElse(written);
  }

  /** Puts what was said in the place of what a preset says, under whichever of its names. */
  static void override(
      Map<String, @Nullable Object> settings,
      Map<String, @Nullable Object> said,
      OptionSchema<?> schema) {
    said.keySet().forEach(name -> settings.remove(of(schema, name)));
    settings.putAll(said);
  }

  private static boolean isNamed(OptionSchema.Description option, String written) {
    return sameName(written, option.name())
        || option.aliases().stream().anyMatch(alias -> sameName(written, alias));
  }

  private static boolean sameName(String a, String b) {
    return letters(a).equals(letters(b));
  }

  private static String letters(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }
}
