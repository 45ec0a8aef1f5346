package org.bellmanrl.env.textbook;

import java.util.Optional;
import org.bellmanrl.api.options.Described;

/**
 * The options of {@link Gambler}.
 *
 * @param headsProbability probability that the coin shows heads, in [0, 1]
 * @param goal the capital that wins, at least 2
 * @param start the capital an episode begins with; empty to draw it, each of 1 to goal − 1 as
 *     likely
 */
public record GamblerOptions(
    @Described(value = "probability of heads", range = "[0, 1]", aliases = "p_heads")
        double headsProbability,
    @Described(value = "the capital that wins", range = "[2, 10000]") int goal,
    @Described(
            value = "the capital to begin with; None for any, as likely",
            range = "1 to goal - 1")
        Optional<Integer> start) {
  public GamblerOptions {
    if (!(headsProbability >= 0 && headsProbability <= 1)) {
      throw new IllegalArgumentException(
          "heads_probability must be in [0, 1], was " + headsProbability);
    }
    if (goal < 2 || goal > 10_000) {
      throw new IllegalArgumentException("goal must be in [2, 10000], was " + goal);
    }
    if (start.isPresent() && (start.get() < 1 || start.get() >= goal)) {
      throw new IllegalArgumentException(
          "start must be in [1, %d), or None, was %d".formatted(goal, start.get()));
    }
  }

  /** A coin that shows heads with probability 0.4, and 100 to win (example 4.3). */
  public static GamblerOptions defaults() {
    return new GamblerOptions(0.4, 100, Optional.empty());
  }

  /** The same with another coin. */
  public GamblerOptions withHeadsProbability(double probability) {
    return new GamblerOptions(probability, goal, start);
  }
}
