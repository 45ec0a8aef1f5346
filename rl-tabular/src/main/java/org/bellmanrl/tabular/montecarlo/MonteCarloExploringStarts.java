package org.bellmanrl.tabular.montecarlo;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.internal.Episodic;
import org.bellmanrl.tabular.policy.ExploringStarts;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

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
 * whose episodes begin where you want them to: Blackjack deals every hand but a hard 21. With π
 * greedy an episode may go in a circle for ever, so give tasks where one can an episode limit. γ is
 * multiplied by the environment's own discount, and a truncated episode counts with the return it
 * has. An episode that is abandoned in the middle is not learned from.
 *
 * <p>Not thread-safe. Holds the steps of the episodes in flight, 20 bytes each.
 */
public final class MonteCarloExploringStarts implements Learner {
  private static final String ID = "monte-carlo-es";

  private final QTable q;
  private final double gamma;
  private final ReturnWeights weights;
  private final VisitFilter visits;
  private final EpisodeBuffer[] episodes;
  private final ExploringStarts behaviour;
  private final Greedy policy;

  /**
   * A learner with a table of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite, or episodes have no
   *     end
   */
  public MonteCarloExploringStarts(LearnerContext context, Config config) {
    Accepts.tables().check(ID, context.spec());
    Episodic.check(ID, context.spec());
    this.q = new QTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.weights = new ReturnWeights(Optional.empty(), q.entries(), context);
    this.visits = new VisitFilter(config.visits(), q.entries());
    this.episodes = EpisodeBuffer.perRow(context.rows());
    this.behaviour = new ExploringStarts(q, context.spec().actionSpace(), config.ties());
    this.policy = new Greedy(q, context.spec().actionSpace(), config.ties());
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      EpisodeBuffer episode = episodes[row];
      if (transitions.first()[row]) {
        episode.clear();
      }
      episode.add(
          q.entry(transitions.observations(), transitions.actions(), row),
          transitions.reward()[row],
          transitions.discount()[row]);
      if (transitions.last(row)) {
        learn(episode);
        episode.clear();
      }
    }
  }

  private void learn(EpisodeBuffer episode) {
    visits.begin(episode);
    double g = 0;
    for (int step = episode.length() - 1; step >= 0; step--) {
      g = episode.reward(step) + gamma * episode.discount(step) * g;
      int entry = episode.entry(step);
      if (visits.counts(entry)) {
        q.add(entry, weights.next(entry) * (g - q.get(entry)));
      }
    }
  }

  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** Greedy in the values. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** The table. */
  public QTable table() {
    return q;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(q);
  }

  @Override
  public void save(StateWriter out) {
    out.begin(ID, 1);
    out.write("q", q);
    out.write("weights", weights);
    EpisodeBuffer.save(episodes, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin(ID, 1);
    in.read("q", q);
    in.read("weights", weights);
    EpisodeBuffer.restore(episodes, q.entries(), in);
    in.end();
  }

  /**
   * Hyperparameters.
   *
   * @param gamma γ, in [0, 1]
   * @param visits which visits count
   * @param ties what to do with several best actions
   * @param initialValue Q before anything is learned, finite
   */
  public record Config(
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described("which visits of an episode to a state and action count") Visits visits,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      Checks.gamma(gamma);
      Checks.initialValue(initialValue);
    }

    /** First visits, γ = 1 as in the book's blackjack, where all episodes end. */
    public static Config defaults() {
      return new Config(1, Visits.FIRST, TieBreak.RANDOM, 0);
    }
  }
}
