package org.bellmanrl.env.textbook;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Gambler}.
 *
 * @param headsProbability probability that the coin shows heads, in [0, 1]
 * @param goal the capital that wins, at least 2
 * @param start the capital an episode begins with; empty to draw it, each of 1 to goal − 1 as
 *     likely
 */
@RecordBuilder
public record GamblerOptions(
    @Described(value = "probability of heads", range = Require.UNIT, aliases = "p_heads")
        double headsProbability,
    @Described(value = "the capital that wins", range = "[2, 10000]") int goal,
    @Described(value = "the capital to begin with; None for any, as likely", range = "[1, goal)")
        Optional<Integer> start)
    implements GamblerOptionsBuilder.With {
  public GamblerOptions {
    Require.unit("heads_probability", headsProbability);
    Require.inRange("goal", goal, "[2, 10000]");
    start.ifPresent(capital -> Require.inRange("start", capital, "[1, " + goal + ")"));
  }

  /** A coin that shows heads with probability 0.4, and 100 to win (example 4.3). */
  public static GamblerOptions defaults() {
    return new GamblerOptions(0.4, 100, Optional.empty());
  }
}
