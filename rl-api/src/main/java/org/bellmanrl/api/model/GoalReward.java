package org.bellmanrl.api.model;

import java.util.Map;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Space;

/**
 * A capability of environments whose reward depends on a goal: they know what a step would have
 * paid for any goal, so that a learner can learn from steps towards a goal that it reached by
 * accident (Andrychowicz et al., <i>Hindsight Experience Replay</i>, 2017).
 *
 * <p>Observations are a Dict of three parts, as in Gymnasium's robotics: {@value #OBSERVATION}, any
 * space; {@value #ACHIEVED}, what the observation achieves; and {@value #DESIRED}, the goal of the
 * episode; both goals in the same Box of float32.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public interface GoalReward {
  /** The part of an observation that is no goal. */
  String OBSERVATION = "observation";

  /** The part that says what was achieved. */
  String ACHIEVED = "achieved_goal";

  /** The part that says what is to be achieved. */
  String DESIRED = "desired_goal";

  /** Returns the observations of a task with goals. */
  static Dict space(Space observation, Box goal) {
    return Dict.of(Map.of(OBSERVATION, observation, ACHIEVED, goal, DESIRED, goal));
  }

  /**
   * Returns the reward of a step.
   *
   * @param achieved holds what the next observation achieves, from {@code achievedAt} on
   * @param desired holds the goal, from {@code desiredAt} on
   */
  double reward(float[] achieved, int achievedAt, float[] desired, int desiredAt);

  /** Returns whether a step ends the episode in a terminal state, by the same arguments. */
  boolean terminates(float[] achieved, int achievedAt, float[] desired, int desiredAt);
}
