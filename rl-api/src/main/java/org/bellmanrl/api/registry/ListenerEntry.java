package org.bellmanrl.api.registry;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Listener;
import org.jspecify.annotations.Nullable;

/**
 * A listener that has an id.
 *
 * <p>Each run makes a listener for itself, so listeners of concurrent runs share nothing. If the
 * listener is {@link org.bellmanrl.api.state.Stateful}, its state is saved in the run's checkpoints
 * and restored at a resume; otherwise a resumed run begins with a new listener. A checkpoint may be
 * older than the last call, so a logger saves the length of its file and truncates the file to that
 * length when it is restored; it opens the file at its first call. If the listener is {@link
 * AutoCloseable}, it is closed when the run ends, also when the run fails.
 */
public final class ListenerEntry extends ContextEntry<ListenerEntry.Context, Listener> {
  private ListenerEntry(
      String id,
      String description,
      Supplier<? extends Record> defaults,
      BiFunction<? super Context, Record, ? extends Listener> maker) {
    super("listener", id, description, defaults, maker);
  }

  /**
   * Makes an entry of a listener without options.
   *
   * @param id the id: {@code kebab-case}, behind {@code namespace/} in a plugin
   * @param description what it is, in one line for listings
   * @param maker makes a listener for a run
   */
  public static ListenerEntry of(
      String id, String description, Function<? super Context, ? extends Listener> maker) {
    return new ListenerEntry(
        id, description, NO_OPTIONS, (context, options) -> maker.apply(context));
  }

  /**
   * Makes an entry.
   *
   * @param id the id: {@code kebab-case}, behind {@code namespace/} in a plugin
   * @param description what it is, in one line for listings
   * @param defaults gives the record that holds the default of every option
   * @param maker makes a listener for a run
   */
  public static <C extends Record> ListenerEntry of(
      String id,
      String description,
      Supplier<C> defaults,
      BiFunction<? super Context, ? super C, ? extends Listener> maker) {
    return new ListenerEntry(id, description, defaults, erased(maker));
  }

  /**
   * What a listener may know of the run that it is made for.
   *
   * @param task the task that is learned
   * @param seed the run's master seed, at least 0
   * @param folder where the run is kept; a listener may write its own files there
   * @param settings all that the run depends on, by name, nested as in the run's {@code run.yaml}:
   *     texts, numbers, truth values, lists and maps of these, or null
   */
  public record Context(
      EnvironmentSpec task, long seed, Path folder, Map<String, @Nullable Object> settings) {
    public Context {
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
  }
}
