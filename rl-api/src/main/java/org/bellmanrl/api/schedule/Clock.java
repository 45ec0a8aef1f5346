package org.bellmanrl.api.schedule;

/** What a schedule counts. */
public enum Clock {
  /** Transitions, over all rows. */
  STEPS {
    @Override
    public double of(Progress progress) {
      return progress.steps();
    }
  },
  /** Ended episodes, over all rows. */
  EPISODES {
    @Override
    public double of(Progress progress) {
      return progress.episodes();
    }
  },
  /** The used fraction of the budget, 0 to 1. */
  FRACTION {
    @Override
    public double of(Progress progress) {
      return progress.fraction();
    }
  };

  /** What this clock shows. */
  public abstract double of(Progress progress);
}
