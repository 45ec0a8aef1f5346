package org.bellmanrl.api.registry;

import org.bellmanrl.api.options.OptionSchema;

/**
 * Offers something under an id: the common part of the provider interfaces, one for each kind of
 * thing.
 *
 * <p>A kind's interface adds a method that makes the thing from a configuration:
 *
 * <pre>{@code
 * public interface EnvironmentProvider<C extends Record> extends Provider<C> {
 *   Environment create(C config);
 * }
 * }</pre>
 *
 * <p>Implementations are stateless, thread-safe and cheap to construct: every provider that is
 * found gets constructed to learn its id, also in runs that do not use it. Constructor, {@code id},
 * {@code description} and {@code options} must not throw; a provider that does is left out, and
 * reported by {@link Registry#problems()}. To be found, an implementation is public, has a public
 * constructor without parameters, and is named in {@code META-INF/services} (on the class path) or
 * in its module's {@code provides} clause (on the module path).
 *
 * @param <C> the configuration; it need not be public
 */
public interface Provider<C extends Record> {
  /** Returns the id, always the same one, of the form that {@link Id} describes. */
  String id();

  /** Returns what this is, in one line for listings. */
  String description();

  /** Returns the options and their defaults. */
  OptionSchema<C> options();
}
