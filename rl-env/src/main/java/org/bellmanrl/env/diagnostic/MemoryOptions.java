package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Memory}.
 *
 * @param cues number of different cues, and of actions
 * @param length how many steps lie between the cue and the question
 */
public record MemoryOptions(
    @Described(value = "number of different cues, and of actions", range = "[2, 1000]") int cues,
    @Described(value = "steps between the cue and the question", range = "[1, 1000000]")
        int length) {

  public MemoryOptions {
    Require.inRange("cues", cues, "[2, 1000]");
    Require.inRange("length", length, "[1, 1000000]");
  }

  /** Two cues, five steps. */
  public static MemoryOptions defaults() {
    return new MemoryOptions(2, 5);
  }
}
