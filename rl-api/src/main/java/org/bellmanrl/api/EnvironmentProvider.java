package org.bellmanrl.api;

import org.bellmanrl.api.registry.Provider;

/**
 * Makes environments of one kind; found by {@link java.util.ServiceLoader}.
 *
 * @param <C> its options
 */
public interface EnvironmentProvider<C extends Record> extends Provider<C> {

  /**
   * Makes an environment.
   *
   * @throws IllegalArgumentException if the options don't go together; the message says why
   */
  Environment create(C options);
}
