package org.bellmanrl.lab.internal.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was run, setting by setting, but for what may differ between runs of one experiment: the
 * seed, how the result is judged, and where the settings come from.
 */
public final class Settings {
  private static final List<String> LEFT_OUT = List.of("seed", "evaluation", "preset");

  private Settings() {}

  /** The settings by their path in {@code run.yaml}: {@code learner.options.gamma}. */
  public static Map<String, String> of(Experiment experiment) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>(experiment.entries());
    entries.keySet().removeAll(LEFT_OUT);
    return flat(entries);
  }

  /** All settings, those included that runs of one experiment may differ in. */
  static Map<String, String> all(Experiment experiment) {
    return flat(experiment.entries());
  }

  private static Map<String, String> flat(Map<String, @Nullable Object> entries) {
    Map<String, String> settings = new LinkedHashMap<>();
    add("", entries, settings);
    return Collections.unmodifiableMap(settings);
  }

  private static void add(String path, @Nullable Object value, Map<String, String> settings) {
    switch (value) {
      case null -> settings.put(path, "None");
      case Map<?, ?> map ->
          map.forEach((name, entry) ->
              add(path.isEmpty() ? name + "" : path + "." + name, entry, settings));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          add(path + "[" + i + "]", list.get(i), settings);
        }
      }
      default -> settings.put(path, value.toString());
    }
  }
}
