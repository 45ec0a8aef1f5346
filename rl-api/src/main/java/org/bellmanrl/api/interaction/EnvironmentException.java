package org.bellmanrl.api.interaction;

import org.bellmanrl.api.EnvironmentSpec;

/**
 * Says that an environment broke its contract: a reward that is not finite, an observation outside
 * of its space, a mask that allows nothing. The message names the environment, what is wrong, the
 * value, what is allowed, and where that happened.
 */
public final class EnvironmentException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final int row;
  private final long step;
  private final long episodes;

  EnvironmentException(String complaint, int row, long step, long episodes) {
    super(
        "%s (row %d, %s, after %d episodes)"
            .formatted(
                complaint,
                row,
                step == 0 ? "reset" : "step %d of the episode".formatted(step),
                episodes));
    this.row = row;
    this.step = step;
    this.episodes = episodes;
  }

  static String reward(EnvironmentSpec spec, double value) {
    return "reward of %s must be finite, was %s".formatted(spec.name(), value);
  }

  static String discount(EnvironmentSpec spec, double value) {
    return "discount of %s must be in [0, 1], was %s".formatted(spec.name(), value);
  }

  /** Returns the row: which of the environments that are stepped together. */
  public int row() {
    return row;
  }

  /** Returns the step of the episode, from 1; 0 for a reset. */
  public long step() {
    return step;
  }

  /** Returns how many episodes had ended before, in all rows. */
  public long episodes() {
    return episodes;
  }
}
