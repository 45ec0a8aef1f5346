package org.bellmanrl.api;

import java.util.Map;
import org.bellmanrl.api.registry.Provider;

/**
 * Makes the batched form of an environment, under the same id and with the same options as its
 * {@link EnvironmentProvider}. Optional: without one, single environments are stepped one after the
 * other.
 *
 * @param <C> its options
 */
public interface VectorEnvironmentProvider<C extends Record> extends Provider<C> {

  /**
   * Makes environments that are stepped together, equal to so many single ones to the bit.
   *
   * @param rows number of rows, at least 1
   */
  VectorEnvironment create(C options, int rows);

  /**
   * Makes environments from options by name, as a command line or a file has them.
   *
   * @throws IllegalArgumentException if one is unknown or out of range
   */
  default VectorEnvironment create(Map<String, ?> options, int rows) {
    return create(options().parse(options), rows);
  }
}
