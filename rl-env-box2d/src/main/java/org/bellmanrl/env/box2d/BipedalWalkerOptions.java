package org.bellmanrl.env.box2d;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link BipedalWalker}, which are Gymnasium's.
 *
 * @param hardcore whether there are stumps, stairs and pits in the way
 */
public record BipedalWalkerOptions(
    @Described("put stumps, stairs and pits in the way") boolean hardcore) {

  /** Gymnasium's default: slightly uneven ground. */
  public static BipedalWalkerOptions defaults() {
    return new BipedalWalkerOptions(false);
  }
}
