package org.bellmanrl.tabular.montecarlo;

import org.bellmanrl.api.EnvironmentSpec;

/** Refuses tasks whose episodes have no end: there would be no return to learn from. */
final class Episodic {
  private Episodic() {}

  static void check(String learner, EnvironmentSpec spec) {
    if (!spec.terminates() && spec.maxEpisodeSteps() == 0) {
      throw new IllegalArgumentException(
          "%s learns at the end of an episode, but those of %s have none; set an episode limit"
              .formatted(learner, spec.name()));
    }
  }
}
