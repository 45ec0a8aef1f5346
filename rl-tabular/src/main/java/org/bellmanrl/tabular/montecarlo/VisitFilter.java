package org.bellmanrl.tabular.montecarlo;

import org.bellmanrl.tabular.internal.EpisodeBuffer;

/**
 * Tells the first visit of an episode to an entry from later ones, going backwards: it is the one
 * that is left when all others have been passed.
 *
 * <p>Between episodes all counts are 0, so there is nothing to clear and nothing to save.
 */
final class VisitFilter {
  private final boolean every;
  private final int[] left;

  VisitFilter(Visits visits, int entries) {
    this.every = visits == Visits.EVERY;
    this.left = every ? new int[0] : new int[entries];
  }

  /** Counts the visits of an episode that is about to be gone through backwards. */
  void begin(EpisodeBuffer episode) {
    if (!every) {
      for (int step = 0; step < episode.length(); step++) {
        left[episode.entry(step)]++;
      }
    }
  }

  /** Whether the visit counts that is next on the way back. */
  boolean counts(int entry) {
    return every || --left[entry] == 0;
  }
}
