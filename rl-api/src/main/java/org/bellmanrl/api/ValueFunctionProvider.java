package org.bellmanrl.api;

import java.util.Map;
import org.bellmanrl.api.registry.Provider;

/**
 * Makes value functions, such as an empty table to restore a saved one into; found by {@link
 * java.util.ServiceLoader}.
 *
 * @param <C> its options
 */
public interface ValueFunctionProvider<C extends Record> extends Provider<C> {

  /** Makes a value function for a task. */
  ValueFunction create(EnvironmentSpec spec, C options);

  /**
   * Makes a value function from options by name, as a command line or a file has them.
   *
   * @throws IllegalArgumentException if one is unknown or out of range
   */
  default ValueFunction create(EnvironmentSpec spec, Map<String, ?> options) {
    return create(spec, options().parse(options));
  }
}
