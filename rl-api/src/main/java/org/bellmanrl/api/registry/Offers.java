package org.bellmanrl.api.registry;

/** Takes the entries of a {@link Catalogue}. */
@FunctionalInterface
public interface Offers {

  /**
   * Adds an entry. An entry that cannot be used, because of a malformed or duplicate id for
   * instance, does not prevent the others from being used; {@link Registry#problems} reports it.
   */
  void add(Entry entry);
}
