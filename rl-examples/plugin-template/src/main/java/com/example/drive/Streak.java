package com.example.drive;

import org.bellmanrl.api.Listener;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Stops training after so many good episodes in a row. The count is saved, so that a run that was
 * interrupted stops where it would have stopped anyway.
 */
public final class Streak implements Listener, Stateful {
  private final Options options;
  private int good;

  /**
   * What a streak is.
   *
   * @param episodes how many in a row
   * @param least the least return of a good one
   */
  public record Options(
      @Described(value = "good episodes in a row", range = "1 or more") int episodes,
      @Described("least return of a good one") double least) {
    public Options {
      if (episodes < 1) {
        throw new IllegalArgumentException("episodes must be at least 1, was " + episodes);
      }
    }
  }

  /** No episode has been heard of yet. */
  public Streak(Options options) {
    this.options = options;
  }

  @Override
  public void onEpisode(Episode episode, Progress progress) {
    good = episode.episodeReturn() >= options.least ? good + 1 : 0;
  }

  @Override
  public boolean wantsStop() {
    return good >= options.episodes;
  }

  @Override
  public void carry(State state) {
    state.begin("streak", 1);
    good = state.carry("good", good);
    state.end();
  }
}
