package org.bellmanrl.deep.replay;

import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.model.GoalReward;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Layout.Leaf;

/**
 * Replaces the goal of a drawn transition by what was achieved later in its episode, and the reward
 * by what that goal would have paid.
 *
 * <p>Source: Andrychowicz et al., <i>Hindsight Experience Replay</i>, 2017, algorithm 1 with the
 * strategy {@code future}; goals are replaced when they are drawn, as is common, instead of being
 * stored again. With k replaced goals for an original one the share is k / (k + 1).
 */
final class Hindsight {
  private final GoalReward goals;
  private final int width;
  private final int size;
  private final int achievedAt;
  private final int desiredAt;

  /** Takes the floats of the later observation. */
  final float[] later;

  Hindsight(EnvironmentSpec spec, Optional<GoalReward> goals, double share) {
    this.goals =
        goals.orElseThrow(() ->
            new IllegalArgumentException(
                "relabelled_goals must be 0 for %s, which has no goals, was %s"
                    .formatted(spec.name(), share)));
    Leaf achieved = leaf(spec, GoalReward.ACHIEVED);
    Leaf desired = leaf(spec, GoalReward.DESIRED);
    if (achieved.width() != desired.width()) {
      throw new IllegalArgumentException(
          "%s and %s must be of the same size, were %s and %s in %s"
              .formatted(
                  GoalReward.ACHIEVED,
                  GoalReward.DESIRED,
                  achieved.space(),
                  desired.space(),
                  spec.name()));
    }
    this.size = achieved.width();
    this.achievedAt = achieved.offset();
    this.desiredAt = desired.offset();
    this.width = spec.observationSpace().layout().floats();
    this.later = new float[width];
  }

  private static Leaf leaf(EnvironmentSpec spec, String name) {
    for (Leaf leaf : spec.observationSpace().layout().leaves()) {
      if (leaf.path().equals(name)
          && leaf.space() instanceof Box
          && leaf.dtype() == DType.FLOAT32) {
        return leaf;
      }
    }
    throw new IllegalArgumentException(
        "the observations of a task with goals must have a part %s that is a Box of float32, those of %s are %s"
            .formatted(name, spec.name(), spec.observationSpace()));
  }

  /** Takes what {@link #later} achieved for the goal of a row. */
  void replace(ReplayBatch batch, int row) {
    float[] present = batch.observations().floats();
    float[] next = batch.nextObservations().floats();
    int at = row * width;
    for (int i = 0; i < size; i++) {
      float goal = later[achievedAt + i];
      present[at + desiredAt + i] = goal;
      next[at + desiredAt + i] = goal;
    }
    batch.rewards()[row] = (float) goals.reward(next, at + achievedAt, next, at + desiredAt);
    if (goals.terminates(next, at + achievedAt, next, at + desiredAt)) {
      batch.bootstraps()[row] = 0f;
    }
  }
}
