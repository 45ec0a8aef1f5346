package org.bellmanrl.api;

import java.util.Optional;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StatefulRows;

/**
 * A fixed number of environments of one kind, stepped together into columns.
 *
 * <p>Rows are independent: what happens in a row depends on that row's actions and stream alone, so
 * the result is the same for any number of threads and any grouping of rows into calls. An ended
 * row is not reset automatically; the loop lists it in its next {@link #reset}.
 *
 * <p>Everything said at {@link Environment} about streams, limits and refused actions holds here.
 * {@link #carry(org.bellmanrl.api.state.State, int)} carries a row's episode in flight in the form
 * that the environment has alone, and what wrappers remember of it. If episodes are not {@linkplain
 * EnvironmentSpec#resumable() resumable}, it carries only what outlives an episode.
 */
public interface VectorEnvironment extends StatefulRows, AutoCloseable {

  /** Returns the spec of every row, which never changes. */
  EnvironmentSpec spec();

  /**
   * Begins an episode in each listed row.
   *
   * @param rows which
   * @param random a stream per row
   * @param observations takes the first observations, in the listed rows
   */
  void reset(Rows rows, RandomStreams random, Observations observations);

  /**
   * Takes one step in each listed row.
   *
   * @param rows which; none has ended
   * @param actions an action per listed row
   * @param random a stream per row
   * @param outcomes cleared in the listed rows; takes what the steps lead to
   */
  void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes);

  /**
   * Whether threads may make calls at the same time if those list different rows; they write to
   * columns that they share, each in its own rows.
   */
  default boolean concurrentRows() {
    return false;
  }

  /**
   * Something more that a row can do; see {@link Environment#capability}.
   *
   * @param row which row
   * @param type the capability's interface
   */
  default <T> Optional<T> capability(int row, Class<T> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }

  /** Releases what the environments hold; may be called twice. */
  @Override
  default void close() {}

  /**
   * Environments of one kind, stepped one after the other.
   *
   * @param environments at least one, with equal specs; closed with the result
   */
  static VectorEnvironment of(Environment... environments) {
    return new SerialEnvironments(environments.clone());
  }
}
