package org.bellmanrl.api;

import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Dict;

/**
 * A way of choosing actions: a read view of numbers that a learner may still be changing.
 *
 * <p>A policy holds no scratch space and no stream; its {@link Actor}s do. Neither knows the
 * learner, the environment or whether this is training.
 */
public interface Policy {

  /**
   * Makes an actor that acts in {@code rows} rows.
   *
   * @param rows number of rows, at least 1
   * @param random a stream per row, owned by the actor from now on
   */
  Actor actor(int rows, RandomStreams random);

  /**
   * An immutable copy as of now, which any number of threads may use while learning goes on. Taken
   * between steps.
   */
  Policy snapshot();

  /**
   * Makes something that chooses one action at a time, for programs that run no loop.
   *
   * @param spec the task that the policy is for
   * @param seed seed of the stream that a stochastic policy draws from, at least 0
   */
  default Decider decider(EnvironmentSpec spec, long seed) {
    return new Decider(this, spec, seed);
  }

  /** Makes a decider that draws from a stream of seed 0. */
  default Decider decider(EnvironmentSpec spec) {
    return decider(spec, 0);
  }

  /** The columns that this policy's actors write beside each action; none by default. */
  default Dict extras() {
    return Dict.EMPTY;
  }
}
