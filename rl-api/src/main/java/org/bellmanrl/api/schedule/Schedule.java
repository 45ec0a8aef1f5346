package org.bellmanrl.api.schedule;

/**
 * A number as a function of how far a run is.
 *
 * <p>Written as text it is one of
 *
 * <ul>
 *   <li>{@code 0.1}: always that;
 *   <li>{@code linear:1.0:0.05:10000steps}: from the first number to the second over so many {@code
 *       steps} or {@code episodes}, then constant; {@code linear:1.0:0.05:50%} over half the
 *       budget;
 *   <li>{@code exponential:1.0:0.05:0.0005}: {@code min + (max - min) * exp(-rate * episode)}, as
 *       the Hugging Face course decays its exploration; {@code exponential:1.0:0.05:0.0005steps} by
 *       steps.
 * </ul>
 *
 * <p>Implementations are immutable; {@link Scheduled} reads one along a run.
 */
public interface Schedule {

  /** What the argument of {@link #at} counts. */
  Clock clock();

  /** The number when the clock shows {@code time}. */
  double at(double time);

  /** Always {@code value}. */
  static Schedule constant(double value) {
    return new Constant(value);
  }

  /** Reads the text form described above. */
  static Schedule parse(String text) {
    return ScheduleText.parse(text);
  }
}
