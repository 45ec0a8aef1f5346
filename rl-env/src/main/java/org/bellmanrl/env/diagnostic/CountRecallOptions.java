package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link CountRecall}.
 *
 * @param values number of different values
 * @param copies how often each is shown in an episode
 */
public record CountRecallOptions(
    @Described(value = "number of different values", range = "[2, 1000]") int values,
    @Described(value = "how often each is shown in an episode", range = "[1, 1000]") int copies) {

  public CountRecallOptions {
    Require.inRange("values", values, "[2, 1000]");
    Require.inRange("copies", copies, "[1, 1000]");
  }

  /** Two values, six times each. */
  public static CountRecallOptions defaults() {
    return new CountRecallOptions(2, 6);
  }
}
