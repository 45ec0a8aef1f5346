package org.bellmanrl.api.schedule;

/** The progress of a run. A live view: the numbers grow as the run continues. */
public interface Progress {

  /** Transitions observed so far, over all rows. */
  long steps();

  /** Episodes ended so far, over all rows. */
  long episodes();

  /**
   * Fraction of the budget that is used up, in [0, 1]: of the steps or of the episodes, whichever
   * is further. Always 0 in a run limited by neither. Wall time is left out, so that a run can be
   * repeated.
   */
  double fraction();
}
