package org.bellmanrl.api;

import java.util.Map;
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

  /**
   * Makes an environment from options by name, as a command line or a file has them.
   *
   * @throws IllegalArgumentException if one is unknown or out of range
   */
  default Environment create(Map<String, ?> options) {
    return create(options().parse(options));
  }
}
