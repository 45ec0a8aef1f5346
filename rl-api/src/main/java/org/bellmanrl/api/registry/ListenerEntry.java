package org.bellmanrl.api.registry;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.ListenerContext;

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
public final class ListenerEntry extends ContextEntry<ListenerContext, Listener> {
  private ListenerEntry(
      String id,
      String description,
      Supplier<? extends Record> defaults,
      BiFunction<? super ListenerContext, Record, ? extends Listener> maker) {
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
      String id, String description, Function<? super ListenerContext, ? extends Listener> maker) {
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
      BiFunction<? super ListenerContext, ? super C, ? extends Listener> maker) {
    return new ListenerEntry(id, description, defaults, erased(maker));
  }
}
