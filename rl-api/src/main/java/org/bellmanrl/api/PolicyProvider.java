package org.bellmanrl.api;

import org.bellmanrl.api.registry.Provider;

/**
 * Makes policies that need no learner: random, scripted; found by {@link java.util.ServiceLoader}.
 *
 * @param <C> its options
 */
public interface PolicyProvider<C extends Record> extends Provider<C> {

  /** Makes a policy for a task. */
  Policy create(EnvironmentSpec spec, C options);
}
