package org.bellmanrl.lab.internal.textbook;

import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.Numbers;

/**
 * A number that a setting is checked against.
 *
 * @param what the measure, as the file has it
 * @param measure what is measured
 * @param expected the known result
 * @param within how far from it a result may be, at least 0; of simulated ones, three standard
 *     errors may be more
 */
record Check(String what, Measure measure, double expected, double within) {
  private static final double SHARE = 0.05;
  private static final double STANDARD_ERRORS = 3;

  static Check parse(Document document) {
    String what = document.text("measure");
    Measure measure = Measure.parse(what);
    double expected = document.real("expected");
    double within = document.has("within") ? document.real("within") : SHARE * Math.abs(expected);
    document.refuseOthers();
    return new Check(what, measure, expected, within);
  }

  /** How far off a result with that standard error may be. */
  double tolerance(double standardError) {
    return Math.max(within, STANDARD_ERRORS * standardError);
  }

  /** Whether a result is what it should be. */
  boolean holds(double measured, double standardError) {
    // What is stated to six decimals is compared so, without the last bit of a binary fraction.
    return Math.abs(measured - expected) <= tolerance(standardError) + 1e-12;
  }

  /** Decimals that show a deviation. */
  int decimals() {
    String text = Numbers.exact(within);
    double size = Math.abs(expected);
    return measure.exact()
        ? text.startsWith("1E") || within < 1e-3 ? 6 : 4
        : size >= 100 ? 1 : size >= 2 ? 2 : size >= 0.5 ? 3 : 4;
  }
}
