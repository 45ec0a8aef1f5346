package org.bellmanrl.deep.continuous;

import org.bellmanrl.deep.internal.parallel.ParallelParts;

/**
 * Work that is done for each critic on its own: one after the other, or two at a time where that is
 * faster. What critics share changes in {@link #begin} and {@link #end} alone, in the order of the
 * critics, so that both ways have the same results.
 */
abstract class CriticTask {
  final Runnable run = this::run;

  /** The critic that it works on. */
  int k;

  /** Gets ready, in the thread that learns. */
  void begin() {}

  /** Does what takes long, in either thread. */
  abstract void run();

  /** Adds to what all have in common, in the thread that learns. */
  void end() {}

  /** Two tasks, which share nothing that {@link #run} writes. */
  record Pair(CriticTask one, CriticTask other, ParallelParts threads) {
    Pair(CriticTask one, CriticTask other) {
      this(one, other, new ParallelParts());
    }

    /**
     * Does the work for each critic.
     *
     * @param count how many critics there are
     * @param work multiply-adds for a critic, about
     */
    void each(int count, long work) {
      for (int k = 0; k < count; k += 2) {
        one.k = k;
        one.begin();
        if (k + 1 == count) {
          one.run();
          one.end();
          return;
        }
        other.k = k + 1;
        other.begin();
        threads.both(one.run, other.run, 2 * work);
        one.end();
        other.end();
      }
    }
  }
}
