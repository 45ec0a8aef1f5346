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

  /**
   * From one number to another in a straight line, then constant.
   *
   * @param from where it begins, finite
   * @param to where it ends, finite
   * @param over when it ends, above 0, in units of the clock; at most 1 for {@link Clock#FRACTION}
   * @param clock what is counted
   */
  static Schedule linear(double from, double to, double over, Clock clock) {
    return new Linear(from, to, over, clock);
  }

  /**
   * Decays exponentially towards a floor: {@code to + (from - to) * exp(-rate * time)}.
   *
   * @param from where it begins, finite
   * @param to where it tends to, finite
   * @param rate how fast, at least 0, per unit of the clock
   * @param clock what is counted
   */
  static Schedule exponential(double from, double to, double rate, Clock clock) {
    return new Exponential(from, to, rate, clock);
  }

  /** Reads the text form described above. */
  static Schedule parse(String text) {
    return ScheduleText.parse(text);
  }

  /** What a schedule counts. */
  enum Clock {
    /** Transitions, over all rows. */
    STEPS {
      @Override
      public double of(Progress progress) {
        return progress.steps();
      }
    },
    /** Ended episodes, over all rows. */
    EPISODES {
      @Override
      public double of(Progress progress) {
        return progress.episodes();
      }
    },
    /** The used fraction of the budget, 0 to 1. */
    FRACTION {
      @Override
      public double of(Progress progress) {
        return progress.fraction();
      }
    };

    /** What this clock shows. */
    public abstract double of(Progress progress);
  }
}
