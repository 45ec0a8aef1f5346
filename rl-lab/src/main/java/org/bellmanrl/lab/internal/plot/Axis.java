package org.bellmanrl.lab.internal.plot;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.results.document.Numbers;

/**
 * A scale from numbers to places, with round numbers marked.
 *
 * @param low the number at the beginning
 * @param high the number at the end, above low
 * @param from the place of low
 * @param to the place of high
 * @param log whether equal distances are equal ratios; then low is above 0
 */
record Axis(double low, double high, double from, double to, boolean log) {
  /** A mark is near if it is no further away than that part of the distance between marks. */
  private static final double NEAR = 0.5;

  private static final double[] ROUND = {1, 2, 2.5, 5, 10};

  /** An axis over some numbers, of which there may be but one. */
  static Axis over(double least, double most, double from, double to) {
    if (!(most > least)) {
      double room = Math.max(Math.abs(least) * 0.1, 1e-9);
      return new Axis(least - room, least + room, from, to, false);
    }
    return new Axis(least, most, from, to, false);
  }

  /** The same, with its ends moved to the next marks where these are near. */
  Axis widened(int about) {
    double step = step(about);
    double below = step * Math.floor(low / step + 1e-9);
    double above = step * Math.ceil(high / step - 1e-9);
    return new Axis(
        low - below <= NEAR * step ? below : low,
        above - high <= NEAR * step ? above : high,
        from,
        to,
        log);
  }

  /** The same, logarithmic or not. */
  Axis scaled(boolean logarithmic) {
    return new Axis(low, high, from, to, logarithmic);
  }

  double place(double value) {
    double part =
        log
            ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return from + part * (to - from);
  }

  /** The distance between marks that gives about the wanted number of them. */
  double step(int about) {
    double rough = (high - low) / about;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double round : ROUND) {
      if (round * power >= rough) {
        return round * power;
      }
    }
    return 10 * power;
  }

  /** The numbers to mark: on a logarithmic scale powers of ten, and 2 and 5 where they are few. */
  List<Double> marks(int about) {
    List<Double> marks = new ArrayList<>();
    if (log) {
      boolean few = Math.log10(high / low) < 3;
      for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
        for (int digit : few ? new int[] {1, 2, 5} : new int[] {1}) {
          double mark = digit * Math.pow(10, power);
          if (mark >= low && mark <= high) {
            marks.add(mark);
          }
        }
      }
      return marks;
    }
    double step = step(about);
    for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
      marks.add(k * step);
    }
    return marks;
  }

  /** A mark as text, with as many decimals as about so many marks need. */
  String label(double mark, int about) {
    return (log ? Numbers.brief(mark) : text(mark, step(about))).replace('-', '−');
  }

  /** A mark as text, with as many decimals as marks at that distance need. */
  static String text(double mark, double step) {
    int decimals = 0;
    while (decimals < 9
        && Math.abs(step * Math.pow(10, decimals) - Math.rint(step * Math.pow(10, decimals)))
            > 1e-6) {
      decimals++;
    }
    if (decimals == 0) {
      return Numbers.grouped(Math.round(mark));
    }
    return Numbers.fixed(mark, decimals);
  }
}
