package org.bellmanrl.api.schedule;

import java.util.List;

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
 *   <li>{@code cosine:0.001:0.0:100%}: from the first number to the second along half a cosine,
 *       flat at both ends, over a length as of {@code linear}, then constant;
 *   <li>{@code piecewise:0.001:50%:0.0005:100%:0.0}: 0.001 at first, in a straight line to 0.0005
 *       at half the budget, and in another to 0 at its end, then constant; times are written as
 *       lengths are, all in one unit. Of two values at the same time it jumps to the second: {@code
 *       piecewise:0.001:50%:0.001:50%:0.0005} halves the number at half the budget;
 *   <li>{@code exponential:1.0:0.05:0.0005}: {@code min + (max - min) * exp(-rate * episode)}, as
 *       the Hugging Face course decays its exploration; {@code exponential:1.0:0.05:0.0005steps} by
 *       steps.
 * </ul>
 *
 * <p>Implementations are immutable; {@link Scheduled} reads one along a run.
 */
public interface Schedule {

  /** Returns what the argument of {@link #at} counts. */
  Clock clock();

  /** The number when the clock shows {@code time}. */
  double at(double time);

  /**
   * The least number that it takes or tends to. By default that of its two ends, as for a schedule
   * that only rises or only falls; another schedule overrides it.
   */
  default double least() {
    return Math.min(at(0), at(clock().end()));
  }

  /** The greatest number that it takes or tends to; by default as {@link #least}. */
  default double greatest() {
    return Math.max(at(0), at(clock().end()));
  }

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
   * From one number to another along half a cosine, then constant: {@code from + (to - from) * (1 -
   * cos(pi * time / over)) / 2}. Source: Loshchilov and Hutter, <i>SGDR</i>, 2017, equation 5,
   * without restarts.
   *
   * @param from where it begins, finite
   * @param to where it ends, finite
   * @param over when it ends, above 0, in units of the clock; at most 1 for {@link Clock#FRACTION}
   * @param clock what is counted
   */
  static Schedule cosine(double from, double to, double over, Clock clock) {
    return new Cosine(from, to, over, clock);
  }

  /**
   * In straight lines from point to point, then constant, as the piecewise schedules of OpenAI
   * Baselines and RLlib. Two points at the same time are a jump, so that two for each change are a
   * number that is constant in between.
   *
   * @param first where it begins, finite
   * @param points where it passes, at least one, in the order of their times: each above 0 in units
   *     of the clock, and at most 1 for {@link Clock#FRACTION}; at most two at the same time
   * @param clock what is counted
   */
  static Schedule piecewise(double first, List<Point> points, Clock clock) {
    return new Piecewise(first, points, clock);
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

  /**
   * Where a piecewise schedule passes.
   *
   * @param time when, in units of the clock
   * @param value the number then
   */
  record Point(double time, double value) {}

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

      @Override
      double end() {
        return 1;
      }
    };

    /** More steps or episodes than any run has. */
    private static final double FOREVER = 0x1p63;

    /** Returns the present time of this clock. */
    public abstract double of(Progress progress);

    /** What this clock never goes beyond. */
    double end() {
      return FOREVER;
    }
  }
}
