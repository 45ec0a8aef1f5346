package org.bellmanrl.deep.continuous;

import org.bellmanrl.deep.internal.parallel.ParallelParts;

/**
 * What each critic does on its own: one after the other, or two at a time where that is faster.
 * What they share changes in {@link #begin} and {@link #end} alone, in the order of the critics, so
 * that all ways have the same results.
 */
abstract class Turn {
  final Runnable run = this::run;

  /** Whose turn it is. */
  int k;

  /** Gets ready, in the thread that learns. */
  void begin() {}

  /** Does what takes long, in either thread. */
  abstract void run();

  /** Adds to what all have in common, in the thread that learns. */
  void end() {}

  /** Two of these, which have nothing in common that {@link #run} writes. */
  record Two(Turn one, Turn other, ParallelParts threads) {
    Two(Turn one, Turn other) {
      this(one, other, new ParallelParts());
    }

    /**
     * Lets each have a turn.
     *
     * @param count how many critics there are
     * @param work multiply-adds that a turn takes, about
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
