package org.bellmanrl.testkit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** Words a broken rule: what was expected and what came, where, and how to see it again. */
final class Failure {
  private final StringBuilder where = new StringBuilder();
  private final String subject;
  private final String rule;
  private @Nullable String expected;
  private @Nullable String actual;
  private @Nullable String repeat;
  private @Nullable Throwable cause;

  private Failure(String subject, String rule) {
    this.subject = subject;
    this.rule = rule;
  }

  /** A failure of {@code subject}, the name of an environment or a class, to keep a rule. */
  static Failure of(String subject, String rule) {
    return new Failure(subject, rule);
  }

  /** Adds a detail of the place. */
  Failure where(String detail) {
    where.append(where.isEmpty() ? "" : ", ").append(detail);
    return this;
  }

  Failure expected(Object value) {
    expected = String.valueOf(value);
    return this;
  }

  Failure actual(Object value) {
    actual = String.valueOf(value);
    return this;
  }

  /** How to see it again. */
  Failure repeat(String how) {
    repeat = how;
    return this;
  }

  Failure cause(Throwable thrown) {
    cause = thrown;
    return this;
  }

  /** The error to throw. */
  AssertionFailedError error() {
    StringBuilder text = new StringBuilder(subject).append(": ").append(rule);
    line(text, "where", where.isEmpty() ? null : where.toString());
    line(text, "expected", expected);
    line(text, "actual", actual);
    line(text, "repeat", repeat);
    if (expected == null || actual == null) {
      return new AssertionFailedError(text.toString(), cause);
    }
    return new AssertionFailedError(
        text.toString(), Objects.requireNonNull(expected), Objects.requireNonNull(actual), cause);
  }

  private static void line(StringBuilder text, String name, @Nullable String value) {
    if (value != null) {
      text.append("\n  ").append("%-9s".formatted(name + ":")).append(' ').append(value);
    }
  }
}
