package org.bellmanrl.lab.internal.training;

/**
 * How often checkpoints are written.
 *
 * @param seconds between two checkpoints, by the clock; positive infinity for none but the last
 * @param steps transitions between two checkpoints besides; {@code Long.MAX_VALUE} for none
 */
public record CheckpointInterval(double seconds, long steps) {
  /** Once a minute. */
  public static final CheckpointInterval DEFAULT = new CheckpointInterval(60, Long.MAX_VALUE);

  public CheckpointInterval {
    if (!(seconds >= 0) || steps < 1) {
      throw new IllegalArgumentException(
          "seconds must be at least 0 and steps at least 1, were %s and %d"
              .formatted(seconds, steps));
    }
  }
}
