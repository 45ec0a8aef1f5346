package org.bellmanrl.api.state;

/**
 * An object whose mutable state can be saved and later restored exactly: bit for bit, so that a run
 * goes on after a restart as if nothing had happened.
 *
 * <p>State is restored <em>into</em> an object that was made with the same configuration; the
 * configuration itself is not part of the state. A typical implementation writes one section:
 *
 * <pre>{@code
 * public void save(StateWriter out) {
 *   out.begin("q-table", 1);
 *   out.write("q", values);
 *   out.end();
 * }
 *
 * public void restore(StateReader in) {
 *   in.begin("q-table", 1);
 *   in.read("q", values);
 *   in.end();
 * }
 * }</pre>
 *
 * <p>Implementations raise the section's version when they change what they write, and keep reading
 * the older ones for as long as they can.
 */
public interface Stateful {
  /**
   * Writes the whole mutable state.
   *
   * @param out where to write; not to be kept after the call
   */
  void save(StateWriter out);

  /**
   * Replaces the whole mutable state by one that was saved before, reading the values in the order
   * in which {@link #save} wrote them.
   *
   * @param in where to read; not to be kept after the call
   * @throws StateException if the saved state is of another type, of a newer version or of another
   *     shape; the message names what was expected and what was found. This object may then be
   *     restored in part and must not be used further.
   */
  void restore(StateReader in);
}
