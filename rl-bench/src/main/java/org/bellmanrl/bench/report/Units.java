package org.bellmanrl.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as people read them, the same in every locale. */
final class Units {
  private static final String[] LARGE = {"", "k", "M", "G", "T"};
  private static final String[] SMALL = {"s", "ms", "µs", "ns"};

  private Units() {}

  /** A score with its error: {@code 42.1 ± 0.3 M/s}, {@code 27.3 ± 0.1 µs}. */
  static String score(double score, double error, String unit) {
    boolean rate = unit.equals(Figure.RATE);
    int step = 0;
    double scaled = score;
    if (rate) {
      while (scaled >= 999.5 && step < LARGE.length - 1) {
        scaled /= 1000;
        step++;
      }
    } else {
      while (scaled < 0.9995 && step < SMALL.length - 1) {
        scaled *= 1000;
        step++;
      }
    }
    String name = rate ? LARGE[step] + "/s" : SMALL[step];
    return withError(scaled, error * scaled / score) + " " + name;
  }

  /** A number with its error, both to the decimals that three significant digits have. */
  static String withError(double value, double error) {
    int decimals = decimals(value);
    return fixed(value, decimals) + (Double.isNaN(error) ? "" : " ± " + fixed(error, decimals));
  }

  /** Three significant digits. */
  static String three(double value) {
    return fixed(value, decimals(value));
  }

  /** So many decimals. */
  static String fixed(double value, int decimals) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString()
        : "–";
  }

  private static int decimals(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return 2;
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_EVEN));
    return Math.clamp(2 + rounded.scale() - rounded.precision() + 1, 0, 6);
  }

  /** Bytes an operation allocates. */
  static String bytes(double bytes) {
    if (Double.isNaN(bytes)) {
      return "–";
    }
    if (bytes < 999.5) {
      return bytes < 0.01 ? "0" : fixed(bytes, 2);
    }
    int step = 0;
    double scaled = bytes;
    while (scaled >= 999.5 && step < LARGE.length - 1) {
      scaled /= 1000;
      step++;
    }
    return three(scaled) + " " + LARGE[step];
  }
}
