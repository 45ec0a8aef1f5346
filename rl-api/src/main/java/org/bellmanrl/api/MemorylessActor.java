package org.bellmanrl.api;

import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.state.State;

/** Base class for actors that remember nothing of an episode: a row's state is its stream. */
public abstract class MemorylessActor implements Actor {
  /** A stream per row. */
  protected final RandomStreams random;

  /**
   * Makes an actor.
   *
   * @param rows number of rows, at least 1
   * @param random a stream per row, owned by the actor from now on
   * @throws IllegalArgumentException if there are not as many streams as rows
   */
  protected MemorylessActor(int rows, RandomStreams random) {
    if (random.rows() != rows) {
      throw new IllegalArgumentException(
          "an actor of %d rows needs as many streams, was given %d".formatted(rows, random.rows()));
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
