package org.bellmanrl.api;

import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StatefulRows;

/**
 * A policy at work in a fixed number of rows, with its scratch space, memory and random streams.
 *
 * <p>A row carries its stream and whatever the actor remembers of its episode. Not thread-safe.
 */
public interface Actor extends StatefulRows {

  /**
   * Chooses an action in each listed row, and writes the policy's extra columns.
   *
   * @param rows which
   * @param observations what the rows show, with their masks; a masked action is never chosen
   * @param actions takes the actions, in the listed rows
   */
  void act(Rows rows, Observations observations, Actions actions);

  /** Forgets what was remembered of the listed rows' last episodes: new ones begin. */
  default void begin(Rows rows) {}

  /** Base class for actors that remember nothing of an episode: a row's state is its stream. */
  abstract class Memoryless implements Actor {
    /** A stream per row. */
    protected final RandomStreams random;

    /**
     * Makes an actor.
     *
     * @param rows number of rows, at least 1
     * @param random a stream per row, owned by the actor from now on
     * @throws IllegalArgumentException if there are not as many streams as rows
     */
    protected Memoryless(int rows, RandomStreams random) {
      if (random.rows() != rows) {
        throw new IllegalArgumentException(
            "an actor of %d rows needs as many streams, was given %d"
                .formatted(rows, random.rows()));
      }
      this.random = random;
    }

    @Override
    public final int rows() {
      return random.rows();
    }

    @Override
    public final void carry(State state, int row) {
      random.carry(state, row);
    }
  }
}
