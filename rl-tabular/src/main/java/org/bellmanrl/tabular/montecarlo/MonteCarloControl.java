package org.bellmanrl.tabular.montecarlo;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Metrics;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.internal.Episodic;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Learns the action values of the policy that it behaves by from the returns of whole episodes,
 * which improves that policy: on-policy Monte Carlo control.
 *
 * <pre>
 * G ← R + γ G                                  from the last step of the episode to the first
 * Q(S, A) ← Q(S, A) + α [G − Q(S, A)]          at the first visit, or at every one
 * </pre>
 *
 * <p>where α is a step size, or 1/n at the n-th return of (S, A), so that Q is the average of them
 * all.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 5.4 (first-visit, averaging), with the step
 * size of equation 6.1. Beyond it, γ is multiplied by the environment's own discount, and a
 * truncated episode counts with the return it has, as if nothing came after it: values of long
 * episodes under a short limit are too small. An episode that is abandoned in the middle is not
 * learned from.
 *
 * <p>Not thread-safe. Holds the steps of the episodes in flight, 20 bytes each.
 */
public final class MonteCarloControl implements Learner {
  private final QTable q;
  private final double gamma;
  private final ReturnWeights weights;
  private final VisitFilter visits;
  private final EpisodeBuffer[] episodes;
  private final Policy behaviour;
  private final Greedy policy;

  /**
   * A learner with a table of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite, or episodes have no
   *     end
   */
  public MonteCarloControl(LearnerContext context, Config config) {
    Accepts.tables().check("monte-carlo", context.spec());
    Episodic.check("monte-carlo", context.spec());
    this.q = new QTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.weights = new ReturnWeights(config.stepSize(), q.entries(), context);
    this.visits = new VisitFilter(config.visits(), q.entries());
    this.episodes = EpisodeBuffer.perRow(context.rows());
    this.behaviour =
        config
            .exploration()
            .over(q, context, config.epsilon(), config.temperature(), config.ties());
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
  public void report(Metrics metrics) {
    Exploration.report(behaviour, metrics);
  }

  @Override
  public void save(StateWriter out) {
    out.begin("monte-carlo", 1);
    out.write("q", q);
    out.write("weights", weights);
    EpisodeBuffer.save(episodes, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("monte-carlo", 1);
    in.read("q", q);
    in.read("weights", weights);
    EpisodeBuffer.restore(episodes, q.entries(), in);
    in.end();
  }

  /**
   * Hyperparameters. The defaults are those of Sutton &amp; Barto's box (section 5.4), with ε of
   * their chapter 6.
   *
   * @param stepSize α, in (0, 1]; empty to average all returns
   * @param gamma γ, in [0, 1]
   * @param visits which visits count
   * @param exploration the policy behaved by
   * @param epsilon ε of the ε-greedy policy, in [0, 1]
   * @param temperature of the softmax policy, above 0
   * @param ties what to do with several best actions
   * @param initialValue Q before anything is learned, finite
   */
  public record Config(
      @Described(
              value = "weight of a new return; None averages all returns",
              range = "(0, 1]",
              aliases = "alpha")
          Optional<Schedule> stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described("which visits of an episode to a state and action count") Visits visits,
      @Described("policy behaved by while learning") Exploration exploration,
      @Described(value = "probability of exploring, if epsilon_greedy", range = "[0, 1]")
          Schedule epsilon,
      @Described(value = "how even the probabilities are, if softmax", range = "above 0")
          Schedule temperature,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      stepSize.ifPresent(Checks::stepSize);
      Checks.gamma(gamma);
      Checks.probability("epsilon", epsilon);
      Checks.positive("temperature", temperature);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          Optional.empty(),
          0.99,
          Visits.FIRST,
          Exploration.EPSILON_GREEDY,
          Schedule.constant(0.1),
          Schedule.constant(1),
          TieBreak.RANDOM,
          0);
    }
  }
}
