package org.bellmanrl.lab.internal.textbook;

/**
 * What a check measured.
 *
 * @param check the check
 * @param measured the mean over runs
 * @param standardError of the mean; 0 where the model was asked
 * @param variant which of several values was best, as {@code name=value}; empty if there was one
 */
record Result(Check check, double measured, double standardError, String variant) {
  boolean ok() {
    return check.holds(measured, standardError);
  }

  double tolerance() {
    return check.tolerance(standardError);
  }
}
