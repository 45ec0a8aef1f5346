package org.bellmanrl.testkit;

import org.bellmanrl.api.EnvironmentSpec;

/** Checks that a task with unsuitable spaces is refused in words. */
final class Refusal {
  private Refusal() {}

  /** Fails unless {@code attempt} throws an exception whose message names one of the spaces. */
  static void check(String subject, EnvironmentSpec spec, Runnable attempt) {
    String observations = spec.observationSpace().toString();
    String actions = spec.actionSpace().toString();
    String expected =
        "IllegalArgumentException whose message holds %s or %s".formatted(observations, actions);
    try {
      attempt.run();
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      boolean named = message.contains(observations) || message.contains(actions);
      if (e instanceof IllegalArgumentException && named) {
        return;
      }
      throw Failure.of(subject, "a task that it can't take is refused, and its space named")
          .where("observations " + observations + ", actions " + actions)
          .expected(expected)
          .actual(e)
          .cause(e)
          .error();
    }
    throw Failure.of(subject, "a task that it can't take is refused, and its space named")
        .where("observations " + observations + ", actions " + actions)
        .expected(expected)
        .actual("no exception")
        .error();
  }
}
