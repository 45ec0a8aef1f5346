package org.bellmanrl.api;

import org.bellmanrl.api.registry.Provider;

/**
 * Makes listeners of one kind, loggers or stoppers; found by {@link java.util.ServiceLoader}.
 *
 * @param <C> its options
 */
public interface ListenerProvider<C extends Record> extends Provider<C> {

  /** Makes a listener. */
  Listener create(C options);
}
