package org.bellmanrl.api.random;

import java.util.stream.IntStream;
import org.bellmanrl.api.options.Require;

/**
 * Derives every stream of a run from one master seed, by role and row.
 *
 * <p>The stream of a role and a row is NumPy's {@code Generator(PCG64(SeedSequence(master,
 * spawn_key=(role.key(), row))))}: it depends on nothing else, so adding rows, roles or threads
 * leaves all other streams as they were. Asking twice gives two equal, separate streams at their
 * beginning.
 *
 * <p>Immutable and safe for use by several threads; the streams it hands out are not.
 */
public final class Streams {
  private final long master;

  private Streams(long master) {
    this.master = master;
  }

  /**
   * Returns the derivation from a master seed.
   *
   * @param master the seed, at least 0
   * @return the derivation
   * @throws IllegalArgumentException if the seed is negative
   */
  public static Streams of(long master) {
    Require.atLeast("master", master, 0);
    return new Streams(master);
  }

  /**
   * Returns the master seed.
   *
   * @return the seed, at least 0
   */
  public long master() {
    return master;
  }

  /**
   * Returns a new stream at its beginning.
   *
   * @param role what the stream is for
   * @param row the row, at least 0
   * @return the stream, owned by the caller
   * @throws IllegalArgumentException if the row is negative
   */
  public RandomStream stream(Role role, int row) {
    return RandomStream.ofSeed(master, key(role, row));
  }

  /**
   * Restarts a stream, as if it had just been made by {@link #stream}.
   *
   * @param stream the stream
   * @param role what the stream is for
   * @param row the row, at least 0
   * @throws IllegalArgumentException if the row is negative
   */
  public void restart(RandomStream stream, Role role, int row) {
    stream.reseed(master, key(role, row));
  }

  private static int[] key(Role role, int row) {
    Require.atLeast("row", row, 0);
    return new int[] {role.key(), row};
  }

  /**
   * Returns new streams at their beginning for the rows 0 to {@code rows - 1}.
   *
   * @param role what the streams are for
   * @param rows how many, at least 1
   * @return the streams, owned by the caller
   * @throws IllegalArgumentException if {@code rows} is below 1
   */
  public RandomStreams rows(Role role, int rows) {
    RandomStreams.checkRows(rows);
    return rows(role, IntStream.range(0, rows).toArray());
  }

  /**
   * Returns new streams at their beginning for some rows of a larger whole.
   *
   * @param role what the streams are for
   * @param rows which rows of the whole, at least one, each at least 0; row i of the result has the
   *     stream of {@code rows[i]}
   * @return the streams, owned by the caller
   * @throws IllegalArgumentException if there is no row or one is negative
   */
  public RandomStreams rows(Role role, int[] rows) {
    RandomStreams.checkRows(rows.length);
    RandomStream[] streams = new RandomStream[rows.length];
    for (int i = 0; i < rows.length; i++) {
      streams[i] = stream(role, rows[i]);
    }
    return new RandomStreams(streams);
  }

  /**
   * What a random stream is for. Every role has a published key that is part of how streams are
   * derived (see {@link Streams}); keys never change and are never used again for another role, so
   * a seed keeps its meaning when roles are added.
   */
  public enum Role {
    /** The dynamics and starts of training environments. Key 0. */
    ENVIRONMENT(0),
    /** Exploration: the actions of the behaviour policy. Key 1. */
    POLICY(1),
    /** Draws of a learner in its updates, such as the order of minibatches. Key 2. */
    LEARNER(2),
    /** The dynamics and starts of evaluation environments. Key 3. */
    EVALUATION_ENVIRONMENT(3),
    /** The actions of a policy under evaluation. Key 4. */
    EVALUATION_POLICY(4),
    /** The initial values of parameters. Key 5. */
    INITIALISATION(5),
    /** The sampling of replay memories. Key 6. */
    REPLAY(6);

    private final int key;

    Role(int key) {
      this.key = key;
    }

    /**
     * Returns the first entry of the spawn key of this role's streams.
     *
     * @return the published key, at least 0
     */
    public int key() {
      return key;
    }
  }
}
