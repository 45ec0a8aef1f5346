package org.bellmanrl.api;

import java.util.Map;
import org.bellmanrl.api.registry.Provider;

/**
 * Makes listeners of one kind, loggers or stoppers; found by {@link java.util.ServiceLoader}.
 *
 * <p>A run makes its own, so listeners of runs side by side share nothing. If the listener is
 * {@link org.bellmanrl.api.state.Stateful}, its state is saved in the run's checkpoints, so that
 * what it does after a resume is what it would have done; one that isn't begins anew. A checkpoint
 * may be older than the last call: a logger saves how long its file was and, restored, cuts it
 * there. It opens the file at its first call, not when it is made, and writes it anew unless it was
 * restored. If the listener is {@link AutoCloseable}, it is closed at the end of the run, also of
 * one that failed.
 *
 * @param <C> its options
 */
public interface ListenerProvider<C extends Record> extends Provider<C> {

  /** Makes a listener. */
  Listener create(ListenerContext context, C options);

  /**
   * Makes a listener from options by name, as a command line or a file has them.
   *
   * @throws IllegalArgumentException if one is unknown or out of range
   */
  default Listener create(ListenerContext context, Map<String, ?> options) {
    return create(context, options().parse(options));
  }
}
