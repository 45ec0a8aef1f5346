package com.example.drive;

import org.bellmanrl.api.Listener;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Stops training after a number of good episodes in a row. The count is saved, so that a run that
 * was interrupted and resumed stops at the same episode as an uninterrupted one.
 */
public final class Streak implements Listener, Stateful {
  private final Options options;
  private int good;

  /**
   * The options of the listener.
   *
   * @param episodes how many good episodes in a row, at least 1
   * @param least the least return of a good episode
   */
  public record Options(
      @Described(value = "good episodes in a row", range = Require.AT_LEAST_ONE) int episodes,
      @Described(value = "least return of a good one", range = Require.FINITE) double least) {
    public Options {
      Require.atLeast("episodes", episodes, 1);
      Require.finite("least", least);
    }

    /** Ten episodes with a return of at least 0.5. */
    public static Options defaults() {
      return new Options(10, 0.5);
    }
  }

  /** Makes a listener that has seen no episode yet. */
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
