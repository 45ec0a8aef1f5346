package org.bellmanrl.tabular.internal;

import java.util.Locale;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Space;

/** What tables of either kind need to know of their states. */
public final class States {
  /** The longest array that every JVM can make. */
  private static final int MAX_ENTRIES = Integer.MAX_VALUE - 8;

  /**
   * A table may take one of so many parts of the memory: double learners have three, and each
   * evaluation copies one.
   */
  private static final int PARTS = 8;

  private States() {}

  /**
   * The numbering of the states.
   *
   * @throws IllegalArgumentException if the space is not finite
   */
  public static ProductIndex index(Space observations) {
    return ProductIndex.of(observations)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a table needs finite observations (Discrete or a product of such), were "
                    + observations));
  }

  /**
   * The number of entries of a table.
   *
   * @throws IllegalArgumentException if they don't fit an array
   */
  public static int entries(EnvironmentSpec spec, int states, int perState) {
    long entries = (long) states * perState;
    if (entries > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "a table for %s would have %d states × %d values, at most %d values fit"
              .formatted(spec.name(), states, perState, MAX_ENTRIES));
    }
    Require.memory(
        "a table for %s of %d states × %d values".formatted(spec.name(), states, perState),
        8.0 * entries);
    return (int) entries;
  }

  /**
   * Refuses a table of all states of a task that leaves too little room for copies of it.
   *
   * @param remedy what else to do than to make the task smaller, as an imperative; or empty
   * @throws Require.TooLargeException naming its size
   */
  public static void requireRoom(EnvironmentSpec spec, int perState, String remedy) {
    int states = index(spec.observationSpace()).size();
    Require.memory(
        String.format(
            Locale.ROOT,
            "a table for %s of %,d states × %,d values",
            spec.name(),
            states,
            perState),
        8.0 * states * perState,
        PARTS,
        (remedy.isEmpty() ? "" : remedy + ", or ") + "give the observations fewer values");
  }

  /** Twice the length of an array that is full, or as long as an array can be. */
  public static int doubled(int length) {
    return (int) Math.min(MAX_ENTRIES, 2L * length);
  }
}
