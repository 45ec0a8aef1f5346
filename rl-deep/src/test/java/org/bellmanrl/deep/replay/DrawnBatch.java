package org.bellmanrl.deep.replay;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.network.Sequences;

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

  /**
   * Arranges sequences as if they had been drawn, with returns over one step.
   *
   * @param length transitions of each, the longest first
   * @param burnIn how many of these are not learned from
   */
  public static void arrange(SequenceBatch batch, int[] length, int[] burnIn) {
    Sequences all = batch.sequences();
    all.clear();
    for (int i = 0; i < length.length; i++) {
      all.add(length[i] + 1);
      batch.length[i] = length[i];
      batch.burnIn[i] = burnIn[i];
    }
    all.arrange();
    int steps = 0;
    for (int i = 0; i < length.length; i++) {
      for (int t = burnIn[i]; t < length[i]; t++) {
        batch.rows(steps++, all.row(t, i), all.row(t + 1, i));
      }
      all.stop(all.row(burnIn[i], i));
    }
    batch.steps().size(steps);
  }

  /** A copy of the stream that updates draw from. */
  public static RandomStream noise(ReplayLearner learner) {
    return learner.noise.copy();
  }
}
