package org.bellmanrl.api;

import java.util.Optional;
import org.bellmanrl.api.random.RandomStream;

/**
 * A task: it shows an observation, takes an action, and answers with a reward and what comes next.
 *
 * <p>An implementation writes in place, through cursors onto the loop's columns, and allocates
 * nothing per step. It draws random numbers only from the stream it is handed, keeps no clock, and
 * neither counts steps nor cuts episodes at {@link EnvironmentSpec#maxEpisodeSteps()}: the loop
 * does. The loop also refuses actions outside the space and steps before a reset, so an
 * implementation need not.
 *
 * <p>An environment that also implements {@link org.bellmanrl.api.state.Stateful} carries the
 * episode in flight. Of any other the loop remembers the random stream and the actions of the
 * episode, and a restore plays them again; such an environment must depend on nothing else, and
 * {@code reset} must leave nothing of the previous episode. The random stream is the loop's and
 * saved by it. Not thread-safe: one loop uses one environment. An instance is used for many
 * episodes.
 */
public interface Environment extends AutoCloseable {

  /** Returns the spec of this environment, which never changes. */
  EnvironmentSpec spec();

  /**
   * Begins an episode, whatever state the last one was in.
   *
   * @param random this row's stream
   * @param observation takes the first observation
   */
  void reset(RandomStream random, Observation observation);

  /**
   * Takes one step.
   *
   * @param action an element of the action space
   * @param random this row's stream
   * @param outcome takes the next observation, the reward, and whether the episode has ended
   */
  void step(Action action, RandomStream random, Outcome outcome);

  /**
   * Something more that this environment can do, by the type that describes it: an exact model, a
   * grid to draw values on, a picture.
   *
   * @param type the capability's interface
   */
  default <T> Optional<T> capability(Class<T> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }

  /** Releases what the environment holds; may be called twice. */
  @Override
  default void close() {}
}
