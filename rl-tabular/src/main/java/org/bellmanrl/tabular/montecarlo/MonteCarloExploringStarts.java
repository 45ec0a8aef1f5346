package org.bellmanrl.tabular.montecarlo;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.tabular.policy.ExploringStarts;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.Tables;

/**
 * Learns the optimal action values greedily, exploring by how episodes start: Monte Carlo ES.
 *
 * <pre>
 * G ← R + γ G                         from the last step of the episode to the first
 * unless S, A comes earlier in it too:
 *   Q(S, A) ← average of the returns of S, A
 *   π(S) ← argmax_a Q(S, a)
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 5.3. The first action of an episode is
 * drawn at random, each as likely, and all others are greedy; the first state is the task's to
 * draw, so a state that episodes neither begin in nor greedily come to is not explored. Take a task
 * whose episodes begin where you want them to, as Blackjack deals every hand but a hard 21, or let
 * them begin anywhere by the wrapper {@code random-start}. With π greedy an episode may go in a
 * circle for ever, so give tasks where one can an episode limit. γ is multiplied by the
 * environment's own discount, and a truncated episode counts with the return it has. An episode
 * that is abandoned in the middle is not learned from.
 *
 * <p>Not thread-safe. Holds the steps of the episodes in flight, 20 bytes each.
 */
public final class MonteCarloExploringStarts extends MonteCarloActionValues {
  /** The id of this learner. */
  public static final String ID = "monte-carlo-es";

  /**
   * Creates a learner whose values are all the initial value.
   *
   * @throws IllegalArgumentException if actions are not finite, observations do not suit the table,
   *     or episodes have no end
   */
  public MonteCarloExploringStarts(LearnerContext context, Config config) {
    MonteCarloConfig returns = config.returns();
    QTable q = Tables.actionValues(ID, context, returns.values(), returns.initialValue());
    super(
        ID,
        context,
        returns,
        q,
        Optional.empty(),
        new ExploringStarts(q, context.spec().actionSpace(), config.ties()),
        config.ties());
  }

  /**
   * Hyperparameters.
   *
   * @param returns what learning from returns has in common
   * @param ties which of several best actions is taken
   */
  @RecordBuilder
  public record Config(
      MonteCarloConfig returns, @Described("which of several best actions is taken") TieBreak ties)
      implements MonteCarloExploringStartsConfigBuilder.With {

    /** Returns the defaults: γ = 1 as in the book's blackjack, where all episodes end. */
    public static Config defaults() {
      return new Config(MonteCarloConfig.defaults().withGamma(1), TieBreak.RANDOM);
    }
  }
}
