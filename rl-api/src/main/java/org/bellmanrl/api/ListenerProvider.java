package org.bellmanrl.api;

import java.util.Map;
import org.bellmanrl.api.registry.Provider;

/**
 * Makes listeners of one kind, loggers or stoppers; found by {@link java.util.ServiceLoader}.
 *
 * @param <C> its options
 */
public interface ListenerProvider<C extends Record> extends Provider<C> {

  /** Makes a listener. */
  Listener create(C options);

  /**
   * Makes a listener from options by name, as a command line or a file has them.
   *
   * @throws IllegalArgumentException if one is unknown or out of range
   */
  default Listener create(Map<String, ?> options) {
    return create(options().parse(options));
  }
}
