package org.bellmanrl.testkit;

import java.util.List;

/** What all contracts require of values, calls and allocation. */
final class Checks {
  private Checks() {}

  /** Requires that two values are equal. */
  static void equal(String name, String rule, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw Failure.of(name, rule).expected(expected).actual(actual).error();
    }
  }

  /** Requires an exception whose message holds some words. */
  static void refused(
      String name,
      String mistake,
      Class<? extends RuntimeException> type,
      List<String> words,
      Runnable call) {
    String expected = type.getSimpleName() + " whose message holds " + words;
    try {
      call.run();
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      if (type.isInstance(e) && words.stream().allMatch(message::contains)) {
        return;
      }
      throw Failure.of(name, mistake + " is refused").expected(expected).actual(e).cause(e).error();
    }
    throw Failure.of(name, mistake + " is refused")
        .expected(expected)
        .actual("no exception")
        .error();
  }

  /** Requires that a warm call allocates nothing. */
  static void little(String name, String call, double bytes) {
    if (bytes >= Allocation.LIMIT) {
      throw Failure.of(name, "a warm " + call + " allocates nothing")
          .expected("0 bytes per " + call)
          .actual("%.2f bytes".formatted(bytes))
          .repeat("look for the site with a JFR profile; override allocates() to declare it")
          .error();
    }
  }
}
