package org.bellmanrl.env.minatar;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of every MinAtar game, named as MinAtar names them.
 *
 * @param stickyActionProb probability that a step repeats the action of the step before instead of
 *     taking the one it is given, in [0, 1]
 * @param difficultyRamping whether the game becomes faster with time; Breakout and Freeway never do
 * @param useMinimalActionSet whether the actions are those that make a difference in this game
 *     instead of all six
 */
public record MinAtarOptions(
    @Described(value = "probability that a step repeats the last action", range = Require.UNIT)
        double stickyActionProb,
    @Described("become faster with time; Breakout and Freeway never do") boolean difficultyRamping,
    @Described("offer the actions that make a difference in this game instead of all six")
        boolean useMinimalActionSet) {

  public MinAtarOptions {
    Require.unit("sticky_action_prob", stickyActionProb);
  }

  /** MinAtar's defaults, with each game's minimal actions. */
  public static MinAtarOptions defaults() {
    return new MinAtarOptions(0.1, true, true);
  }

  /** The same with another probability that the last action is repeated. */
  public MinAtarOptions withStickyActionProb(double probability) {
    return new MinAtarOptions(probability, difficultyRamping, useMinimalActionSet);
  }

  /** The same with or without growing difficulty. */
  public MinAtarOptions withDifficultyRamping(boolean ramping) {
    return new MinAtarOptions(stickyActionProb, ramping, useMinimalActionSet);
  }

  /** The same with the minimal actions or with all six. */
  public MinAtarOptions withMinimalActionSet(boolean minimal) {
    return new MinAtarOptions(stickyActionProb, difficultyRamping, minimal);
  }
}
