package org.bellmanrl.env.minatar;

import io.soabase.recordbuilder.core.RecordBuilder;
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
@RecordBuilder
public record MinAtarOptions(
    @Described(value = "probability that a step repeats the last action", range = Require.UNIT)
        double stickyActionProb,
    @Described("become faster with time; Breakout and Freeway never do") boolean difficultyRamping,
    @Described("offer the actions that make a difference in this game instead of all six")
        boolean useMinimalActionSet)
    implements MinAtarOptionsBuilder.With {

  public MinAtarOptions {
    Require.unit("sticky_action_prob", stickyActionProb);
  }

  /** MinAtar's defaults, with each game's minimal actions. */
  public static MinAtarOptions defaults() {
    return new MinAtarOptions(0.1, true, true);
  }
}
