package org.bellmanrl.api.state;

/**
 * An object whose mutable state can be saved and later restored exactly: bit for bit, so that a run
 * goes on after a restart as if nothing had happened.
 *
 * <p>State is restored <em>into</em> an object that was made with the same configuration; the
 * configuration itself is not part of the state. {@link State} shows a typical implementation.
 * Implementations raise the section's version when they change what they carry.
 */
public interface Stateful {

  /**
   * Saves the whole mutable state, or replaces it by one that was saved before.
   *
   * @param state takes or gives the values; not to be kept after the call
   * @throws StateException if the saved state is of another type, of a newer version or of another
   *     shape; the message names what was expected and what was found. This object may then be
   *     restored in part and must not be used further.
   */
  void carry(State state);
}
