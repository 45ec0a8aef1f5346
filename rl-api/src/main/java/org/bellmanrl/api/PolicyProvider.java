package org.bellmanrl.api;

import java.util.Map;
import org.bellmanrl.api.registry.Provider;

/**
 * Makes policies that need no learner: random, scripted; found by {@link java.util.ServiceLoader}.
 *
 * @param <C> its options
 */
public interface PolicyProvider<C extends Record> extends Provider<C> {

  /** Makes a policy for a task. */
  Policy create(EnvironmentSpec spec, C options);

  /**
   * Makes a policy from options by name, as a command line or a file has them.
   *
   * @throws IllegalArgumentException if one is unknown or out of range
   */
  default Policy create(EnvironmentSpec spec, Map<String, ?> options) {
    return create(spec, options().parse(options));
  }
}
