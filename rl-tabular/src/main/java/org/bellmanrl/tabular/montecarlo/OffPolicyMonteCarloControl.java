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
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.internal.Episodic;
import org.bellmanrl.tabular.internal.Ratios;
import org.bellmanrl.tabular.policy.ActionProbabilities;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Learns the optimal action values from whole episodes of a behaviour that explores: off-policy
 * Monte Carlo control.
 *
 * <pre>
 * G ← R + γ G                         from the last step of the episode to the first
 * C(S, A) ← C(S, A) + W
 * Q(S, A) ← Q(S, A) + W / C(S, A) [G − Q(S, A)]
 * π(S) ← argmax_a Q(S, a)
 * if A ≠ π(S), go no further
 * W ← W / b(A|S)
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 5.7: weighted importance sampling, every
 * visit. Of several best actions π takes the first. An episode teaches only its tail behind the
 * last action that is not greedy, so learning is slow where episodes are long. γ is multiplied by
 * the environment's own discount, and a truncated episode counts with the return it has. An episode
 * that is abandoned in the middle is not learned from. The greedy action is among those that the
 * mask allowed when the state was last seen.
 *
 * <p>Not thread-safe. Holds the steps of the episodes in flight, 28 bytes each.
 */
public final class OffPolicyMonteCarloControl implements Learner {
  private static final String ID = "off-policy-monte-carlo";

  private final QTable q;
  private final double gamma;
  private final double[] c;
  private final boolean[] forbidden;
  private final EpisodeBuffer[] episodes;
  private final Ratios[] chances;
  private final ActionIndex actions;
  private final ActionProbabilities b;
  private final Policy behaviour;
  private final Greedy policy;

  /**
   * A learner with a table of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite, or episodes have no
   *     end
   */
  public OffPolicyMonteCarloControl(LearnerContext context, Config config) {
    Accepts.tables().check(ID, context.spec());
    Episodic.check(ID, context.spec());
    this.q = new QTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.c = new double[q.entries()];
    this.forbidden = new boolean[q.entries()];
    this.episodes = EpisodeBuffer.perRow(context.rows());
    this.chances = Ratios.perRow(context.rows());
    this.actions = ActionIndex.of(context.spec().actionSpace());
    this.b =
        ActionProbabilities.of(
            config.exploration(), context, config.epsilon(), config.temperature(), TieBreak.RANDOM);
    this.behaviour =
        config
            .exploration()
            .over(q, context, config.epsilon(), config.temperature(), TieBreak.RANDOM);
    this.policy = new Greedy(q, context.spec().actionSpace(), TieBreak.FIRST);
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    // All rows acted by the values as they are now, before any of them is learned from.
    for (int i = 0; i < rows.count(); i++) {
      add(transitions, rows.at(i));
    }
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (transitions.last(row)) {
        learn(episodes[row], chances[row]);
        episodes[row].clear();
        chances[row].clear();
      }
    }
  }

  private void add(Transitions transitions, int row) {
    if (transitions.first()[row]) {
      episodes[row].clear();
      chances[row].clear();
    }
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    episodes[row].add(entry, transitions.reward()[row], transitions.discount()[row]);
    chances[row].add(b.of(q, entry, transitions.observations(), row));
    int from = entry - entry % q.actions();
    for (int a = 0; a < q.actions(); a++) {
      forbidden[from + a] = !actions.allows(transitions.observations(), row, a);
    }
  }

  private void learn(EpisodeBuffer episode, Ratios chance) {
    double g = 0;
    double w = 1;
    for (int step = episode.length() - 1; step >= 0; step--) {
      g = episode.reward(step) + gamma * episode.discount(step) * g;
      int entry = episode.entry(step);
      c[entry] += w;
      q.add(entry, w / c[entry] * (g - q.get(entry)));
      if (entry != greedy(entry - entry % q.actions())) {
        return;
      }
      w /= chance.get(step);
    }
  }

  /** The entry of the first best action that is allowed. */
  private int greedy(int from) {
    int best = -1;
    for (int entry = from; entry < from + q.actions(); entry++) {
      if (!forbidden[entry] && (best < 0 || q.get(entry) > q.get(best))) {
        best = entry;
      }
    }
    return best;
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
    out.begin(ID, 1);
    out.write("q", q);
    out.write("c", c);
    out.write("forbidden", forbidden);
    EpisodeBuffer.save(episodes, out);
    Ratios.save(chances, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin(ID, 1);
    in.read("q", q);
    in.read("c", c);
    in.read("forbidden", forbidden);
    EpisodeBuffer.restore(episodes, q.entries(), in);
    Ratios.restore(chances, episodes, in);
    in.end();
  }

  /**
   * Hyperparameters. The book leaves the behaviour open; ε defaults to 0.3, since only explored
   * actions followed by greedy ones teach anything.
   *
   * @param gamma γ, in [0, 1]
   * @param exploration the policy behaved by
   * @param epsilon ε of the ε-greedy policy, in [0, 1]
   * @param temperature of the softmax policy, above 0
   * @param initialValue Q before anything is learned, finite
   */
  public record Config(
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described("policy behaved by while learning") Exploration exploration,
      @Described(value = "probability of exploring, if epsilon_greedy", range = "[0, 1]")
          Schedule epsilon,
      @Described(value = "how even the probabilities are, if softmax", range = "above 0")
          Schedule temperature,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      Checks.gamma(gamma);
      Checks.probability("epsilon", epsilon);
      Checks.positive("temperature", temperature);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          0.99, Exploration.EPSILON_GREEDY, Schedule.constant(0.3), Schedule.constant(1), 0);
    }
  }
}
