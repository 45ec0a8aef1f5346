package org.bellmanrl.api;

import java.util.Map;
import org.bellmanrl.api.registry.Provider;

/**
 * Makes wrappers of one kind; found by {@link java.util.ServiceLoader}.
 *
 * @param <C> its options
 */
public interface WrapperProvider<C extends Record> extends Provider<C> {

  /** Which tasks it can be put around, in a few words for listings; any by default. */
  default String takes() {
    return "any task";
  }

  /** What the task becomes, likewise; one with the same spaces by default. */
  default String gives() {
    return "the same spaces";
  }

  /** Makes a wrapper. */
  Wrapper create(C options);

  /**
   * Makes a wrapper from options by name, as a command line or a file has them.
   *
   * @throws IllegalArgumentException if one is unknown or out of range
   */
  default Wrapper create(Map<String, ?> options) {
    return create(options().parse(options));
  }
}
