package org.bellmanrl.tabular.montecarlo;

import org.bellmanrl.tabular.internal.EpisodeBuffer;

/**
 * Distinguishes the first visit of an episode to an entry from later ones, going backwards: it is
 * the one that is left when all others have been passed.
 *
 * <p>Between episodes all counts are 0, so there is nothing to clear and nothing to save.
 */
final class VisitFilter {
  private final boolean every;
  private final EntryNumbers left;

  VisitFilter(Visits visits, int entries) {
    this.every = visits == Visits.EVERY;
    this.left = new EntryNumbers(every ? 0 : entries);
  }

  /** Counts the visits of an episode that is about to be gone through backwards. */
  void begin(EpisodeBuffer episode) {
    if (!every) {
      for (int step = 0; step < episode.length(); step++) {
        left.add(episode.entry(step), 1);
      }
    }
  }

  /** Returns whether the next visit on the way back counts. */
  boolean counts(int entry) {
    return every || left.add(entry, -1) == 0;
  }
}
