package org.bellmanrl.tabular.internal;

import org.bellmanrl.api.EnvironmentSpec;

/** Refuses tasks whose episodes have no end: there would be no return to learn from. */
public final class Episodic {
  private Episodic() {}

  /** Does so, naming the learner and the task. */
  public static void check(String learner, EnvironmentSpec spec) {
    if (!spec.terminates() && spec.maxEpisodeSteps() == 0) {
      throw new IllegalArgumentException(
          "%s learns at the end of an episode, but those of %s have none; set an episode limit"
              .formatted(learner, spec.name()));
    }
  }
}
