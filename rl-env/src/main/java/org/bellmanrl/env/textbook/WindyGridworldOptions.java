package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link WindyGridworld}.
 *
 * @param moves which ways one can go
 * @param stochasticWind whether the wind of a column that has some blows one stronger or one weaker
 *     in a third of the steps each
 */
public record WindyGridworldOptions(
    @Described("which ways one can go") Moves moves,
    @Described("whether wind varies by one, up or down in a third of the steps each")
        boolean stochasticWind) {

  /** The ways one can go. */
  public enum Moves {
    /** Up, right, down and left. */
    FOUR(4),
    /** Those, and along the diagonals (exercise 6.9). */
    KINGS(8),
    /** Those, and staying, which leaves the move to the wind (exercise 6.9). */
    KINGS_AND_STAY(9);

    private final int count;

    Moves(int count) {
      this.count = count;
    }

    /** How many there are. */
    public int count() {
      return count;
    }
  }

  /** The gridworld of example 6.5: four moves and a steady wind. */
  public static WindyGridworldOptions defaults() {
    return new WindyGridworldOptions(Moves.FOUR, false);
  }
}
