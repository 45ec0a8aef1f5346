package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link DeepSea}.
 *
 * @param size rows and columns of the sea, from 2 to 200
 * @param mappingSeed what the meanings of the actions are drawn from, at least 0
 */
public record DeepSeaOptions(
    @Described(value = "rows and columns of the sea", range = "[2, 200]") int size,
    @Described(
            value = "seed of which action leads to the right, by place",
            range = Require.NOT_NEGATIVE)
        long mappingSeed) {
  public DeepSeaOptions {
    Require.inRange("size", size, "[2, 200]");
    Require.atLeast("mapping_seed", mappingSeed, 0);
  }

  /** A sea of ten rows. */
  public static DeepSeaOptions defaults() {
    return new DeepSeaOptions(10, 0);
  }
}
