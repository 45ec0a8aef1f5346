package org.bellmanrl.api;

import org.bellmanrl.api.registry.Provider;

/**
 * Makes wrappers of one kind; found by {@link java.util.ServiceLoader}.
 *
 * @param <C> its options
 */
public interface WrapperProvider<C extends Record> extends Provider<C> {

  /** Makes a wrapper. */
  Wrapper create(C options);
}
