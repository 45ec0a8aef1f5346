package org.bellmanrl.tabular.internal;

import org.bellmanrl.api.Actor;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.state.State;

/** An actor whose only state is its random streams. */
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
  public final void carry(State state) {
    state.begin("random-actor", 1);
    state.carry("random", random);
    state.end();
  }
}
