package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link RepeatPrevious}.
 *
 * @param values number of different values, and of actions
 * @param delay how many steps ago that was shown which is to be said
 * @param length steps of an episode, above {@code delay}
 */
public record RepeatPreviousOptions(
    @Described(value = "number of different values, and of actions", range = "[2, 1000]")
        int values,
    @Described(value = "how many steps ago it was shown", range = "[1, 1000000]") int delay,
    @Described(value = "steps of an episode", range = "above delay") int length) {

  public RepeatPreviousOptions {
    Require.inRange("values", values, "[2, 1000]");
    Require.inRange("delay", delay, "[1, 1000000]");
    Require.atLeast("length", length, delay + 1);
  }

  /** Four values, four steps ago, 52 steps: as easy as POPGym's easy form. */
  public static RepeatPreviousOptions defaults() {
    return new RepeatPreviousOptions(4, 4, 52);
  }
}
