package org.bellmanrl.tabular.internal;

import org.bellmanrl.api.Actor;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.state.State;

/** An actor that draws from a random stream per row. */
public abstract class RandomActor implements Actor {
  /** A stream per row. */
  protected final RandomStreams random;

  /** An actor that draws from these streams. */
  protected RandomActor(int rows, RandomStreams random) {
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1, was " + rows);
    }
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

  /** Carries the row's stream, and what a subclass remembers of the row. */
  @Override
  public void carry(State state, int row) {
    random.carry(state, row);
  }
}
