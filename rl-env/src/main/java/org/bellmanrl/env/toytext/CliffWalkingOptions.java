package org.bellmanrl.env.toytext;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link CliffWalking}, which are Gymnasium's.
 *
 * @param isSlippery whether moves can go sideways
 */
public record CliffWalkingOptions(@Described("moves can go sideways") boolean isSlippery) {

  /** Gymnasium's defaults for {@code CliffWalking-v1}: firm ground. */
  public static CliffWalkingOptions defaults() {
    return new CliffWalkingOptions(false);
  }
}
