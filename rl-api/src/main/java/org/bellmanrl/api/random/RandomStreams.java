package org.bellmanrl.api.random;

import java.util.Objects;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StatefulRows;

/**
 * A fixed array of streams, one per row (one per environment or agent).
 *
 * <p>Made by {@link Streams#rows} from a master seed, or by {@link #ofSeeds} from one given seed
 * per row. Not safe for use by several threads at once, except that threads may use different rows.
 */
public final class RandomStreams implements StatefulRows {
  private final RandomStream[] streams;

  /** Takes the array over; the caller must not keep it. */
  RandomStreams(RandomStream[] streams) {
    this.streams = streams;
  }

  /**
   * Returns one stream per given seed; row i is Gymnasium's stream after {@code
   * reset(seed=seeds[i])}.
   *
   * @param seeds one seed per row, at least one, each at least 0
   * @return the streams
   * @throws IllegalArgumentException if there is no seed or one is negative
   */
  public static RandomStreams ofSeeds(long... seeds) {
    checkRows(seeds.length);
    RandomStream[] streams = new RandomStream[seeds.length];
    for (int row = 0; row < seeds.length; row++) {
      streams[row] = RandomStream.ofSeed(seeds[row]);
    }
    return new RandomStreams(streams);
  }

  /**
   * Returns the number of rows.
   *
   * @return at least 1
   */
  @Override
  public int rows() {
    return streams.length;
  }

  /**
   * Returns the stream of a row; always the same object, also after reseeding and restoring.
   *
   * @param row from 0 to {@code rows() - 1}
   * @return the row's stream
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public RandomStream row(int row) {
    return streams[Objects.checkIndex(row, streams.length)];
  }

  /**
   * Restarts a row's stream from a seed, as Gymnasium's {@code reset(seed=seed)} does.
   *
   * @param row from 0 to {@code rows() - 1}
   * @param seed the seed, at least 0
   * @throws IndexOutOfBoundsException if there is no such row
   * @throws IllegalArgumentException if the seed is negative
   */
  public void reseed(int row, long seed) {
    row(row).reseed(seed);
  }

  @Override
  public void carry(State state, int row) {
    streams[row].carry(state);
  }

  static void checkRows(int rows) {
    Require.atLeast("rows", rows, 1);
  }
}
