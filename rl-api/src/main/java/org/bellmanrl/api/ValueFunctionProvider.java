package org.bellmanrl.api;

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
}
