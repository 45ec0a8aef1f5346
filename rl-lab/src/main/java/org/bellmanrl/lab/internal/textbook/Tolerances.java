package org.bellmanrl.lab.internal.textbook;

import org.bellmanrl.results.document.Numbers;

/** Tolerances as text. */
final class Tolerances {
  private Tolerances() {}

  /** With as many decimals as the result, but at least as many as the tolerance has. */
  static String text(Result result) {
    double tolerance = result.tolerance();
    return result.check().measure().exact() || tolerance == 0
        ? Numbers.exact(tolerance)
        : Numbers.fixed(tolerance, result.check().decimals());
  }
}
