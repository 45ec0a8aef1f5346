package org.bellmanrl.env.policy;

import org.bellmanrl.api.EnvironmentSpec;

/** Refuses tasks that a policy was not written for. */
final class TaskCheck {
  private TaskCheck() {}

  static void require(EnvironmentSpec spec, String id) {
    if (!spec.name().equals(id)) {
      throw new IllegalArgumentException(
          "this policy is for %s, was given %s".formatted(id, spec.name()));
    }
  }
}
