package org.bellmanrl.api.registry;

import java.lang.invoke.MethodHandles;

/**
 * Lists what a module or a plugin offers: environments, learners, wrappers, listeners, policies and
 * value functions. There is one catalogue per module, found by {@link java.util.ServiceLoader}.
 *
 * <pre>{@code
 * @AutoService(Catalogue.class)
 * public final class DriveCatalogue implements Catalogue {
 *   @Override
 *   public void list(Offers offers) {
 *     offers.add(
 *         EnvironmentEntry.of(
 *             "example/Signpost-v1", "remember a signpost", SignpostOptions::defaults, Signpost::new));
 *   }
 * }
 * }</pre>
 *
 * <p>Listing must be cheap, because every program start lists every catalogue: entries hold method
 * references, and no class that they refer to is initialized before its entry is used. To be found,
 * a catalogue is public, has a public constructor without parameters, and is named in {@code
 * META-INF/services} (on the class path) or in its module's {@code provides} clause (on the module
 * path). It is stateless and thread-safe.
 */
public interface Catalogue {

  /**
   * Adds every entry, in any order. If this method throws, the entries added before the exception
   * stay, and {@link Registry#problems} reports the exception.
   */
  void list(Offers offers);

  /**
   * Sees the option records of the entries. The default sees public records in exported packages; a
   * catalogue whose records are not public, or whose package is not exported, returns {@link
   * MethodHandles#lookup()} of a class beside the records.
   */
  default MethodHandles.Lookup lookup() {
    return MethodHandles.publicLookup();
  }

  /** Takes the entries of a {@link Catalogue}. */
  @FunctionalInterface
  interface Offers {

    /**
     * Adds an entry. An entry that cannot be used, because of a malformed or duplicate id for
     * instance, does not prevent the others from being used; {@link Registry#problems} reports it.
     */
    void add(Entry entry);
  }
}
