package com.example.drive;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;

/**
 * Drives in the right lane behind the next car and never overtakes: a baseline for learners of
 * {@link TwoLaneDrive}.
 */
public final class KeepDistance extends Policy.Scripted {
  private static final int HOLD = 0;
  private static final int FASTER = 1;
  private static final int SLOWER = 2;

  private final int width;

  /**
   * Makes the policy for a task.
   *
   * @throws IllegalArgumentException if the task is another one
   */
  public KeepDistance(EnvironmentSpec spec) {
    if (!spec.name().equals(TwoLaneDrive.ID)) {
      throw new IllegalArgumentException(
          "this policy is for " + TwoLaneDrive.ID + ", was given " + spec.name());
    }
    this.width = spec.observationSpace().layout().ints();
  }

  @Override
  protected void act(Observations observations, int row, RandomStream random, Columns actions) {
    int[] seen = observations.values().ints();
    int speed = seen[row * width + 1];
    int distance = seen[row * width + 2];
    actions.ints()[row] = distance <= speed ? SLOWER : distance > speed + 1 ? FASTER : HOLD;
  }
}
