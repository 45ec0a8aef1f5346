package org.bellmanrl.api;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a listener may know of the run that it is made for.
 *
 * @param task the task that is learned
 * @param seed the run's master seed, at least 0
 * @param folder where the run is kept; a listener may write its own files there
 * @param settings all that the run depends on, by name, nested as in the run's {@code run.yaml}:
 *     texts, numbers, truth values, lists and maps of these, or null
 */
public record ListenerContext(
    EnvironmentSpec task, long seed, Path folder, Map<String, @Nullable Object> settings) {
  public ListenerContext {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
