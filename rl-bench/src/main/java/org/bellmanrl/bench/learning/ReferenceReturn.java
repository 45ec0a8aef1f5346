package org.bellmanrl.bench.learning;

import org.bellmanrl.results.statistics.Interval;

/**
 * What a learner's mean return is compared with.
 *
 * @param value a mean return; NaN if there is none to compare with
 * @param published whether it was published for this learner; otherwise it is a goal
 * @param source who did, or what the goal is
 */
record ReferenceReturn(double value, boolean published, String source) {
  static ReferenceReturn published(double value, String source) {
    return new ReferenceReturn(value, true, source);
  }

  static ReferenceReturn goal(double value, String source) {
    return new ReferenceReturn(value, false, source);
  }

  /** Whether seeds came up to it: yes, no, or that it lies within their interval. */
  String reached(double interquartileMean, Interval interval) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (interquartileMean >= value) {
      return "yes";
    }
    return interval.high() >= value ? "within" : "no";
  }

  /** The value as tables show it, a goal in brackets. */
  String text() {
    if (Double.isNaN(value)) {
      return "–";
    }
    return published ? LearningPage.fixed(value) : "(" + LearningPage.fixed(value) + ")";
  }

  /** Where it comes from, as a list below a table says it. */
  String explanation() {
    return published
        ? LearningPage.fixed(value) + ", " + source
        : "no published result; " + (Double.isNaN(value) ? source : text() + " is " + source);
  }
}
