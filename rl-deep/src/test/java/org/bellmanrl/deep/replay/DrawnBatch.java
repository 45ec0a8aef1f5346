package org.bellmanrl.deep.replay;

import org.bellmanrl.api.random.RandomStream;

/** What a learner draws from its memory, for tests of other packages. */
public final class DrawnBatch {
  private DrawnBatch() {}

  /** Draws what the next update learns from. */
  public static ReplayBatch draw(ReplayLearner learner) {
    learner.draw();
    return learner.batch;
  }

  /** What was drawn last, or will be drawn next. */
  public static ReplayBatch of(ReplayLearner learner) {
    return learner.batch;
  }

  /** A copy of the stream that updates draw from. */
  public static RandomStream noise(ReplayLearner learner) {
    return learner.noise.copy();
  }
}
