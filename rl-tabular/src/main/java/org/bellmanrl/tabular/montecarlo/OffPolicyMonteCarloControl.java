package org.bellmanrl.tabular.montecarlo;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.internal.StepValues;
import org.bellmanrl.tabular.policy.ActionProbabilities;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.Tables;

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
public final class OffPolicyMonteCarloControl extends MonteCarlo {
  /** The id of this learner. */
  public static final String ID = "off-policy-monte-carlo";

  private final QTable q;
  private final EntryNumbers c;
  private final EntryNumbers forbidden;
  private final StepValues[] chances;
  private final ActionIndex actions;
  private final ActionProbabilities b;

  /**
   * Creates a learner whose values are all the initial value.
   *
   * @throws IllegalArgumentException if actions are not finite, observations do not suit the table,
   *     or episodes have no end
   */
  public OffPolicyMonteCarloControl(LearnerContext context, Config config) {
    QTable q = Tables.actionValues(ID, context, config.values(), config.initialValue());
    Exploration exploration = config.exploration();
    super(
        ID,
        context,
        config.gamma(),
        exploration.over(q, context, config.epsilon(), config.temperature(), TieBreak.RANDOM),
        new Greedy(q, context.spec().actionSpace(), TieBreak.FIRST),
        q,
        q::entries);
    this.q = q;
    this.c = new EntryNumbers(q.entries());
    this.forbidden = new EntryNumbers(context.spec().masked() ? q.entries() : 0);
    this.chances = StepValues.perRow(episodes);
    this.actions = ActionIndex.of(context.spec().actionSpace());
    this.b =
        ActionProbabilities.of(
            exploration, context, config.epsilon(), config.temperature(), TieBreak.RANDOM);
  }

  @Override
  int entry(Transitions transitions, int row) {
    return q.entry(transitions.observations(), transitions.actions(), row);
  }

  @Override
  void clear(int row) {
    super.clear(row);
    chances[row].clear();
  }

  @Override
  void add(int entry, Transitions transitions, int row) {
    super.add(entry, transitions, row);
    chances[row].add(b.of(q, entry, transitions.observations(), row));
    if (transitions.observations().maskWidth() > 0) {
      int from = entry - entry % q.actions();
      for (int a = 0; a < q.actions(); a++) {
        boolean allowed = actions.allows(transitions.observations(), row, a);
        forbidden.add(from + a, (allowed ? 0 : 1) - forbidden.get(from + a));
      }
    }
  }

  @Override
  void learn(EpisodeBuffer episode, int row) {
    double g = 0;
    double w = 1;
    for (int step = episode.length() - 1; step >= 0; step--) {
      g = episode.reward(step) + gamma * episode.discount(step) * g;
      int entry = episode.entry(step);
      q.add(entry, w / c.add(entry, w) * (g - q.get(entry)));
      if (entry != greedy(entry - entry % q.actions())) {
        return;
      }
      w /= chances[row].get(step);
    }
  }

  /** Returns the entry of the first best action that is allowed. */
  private int greedy(int from) {
    int best = -1;
    for (int entry = from; entry < from + q.actions(); entry++) {
      if (forbidden.get(entry) == 0 && (best < 0 || q.get(entry) > q.get(best))) {
        best = entry;
      }
    }
    return best;
  }

  /** Returns the action values. */
  public QTable table() {
    return q;
  }

  @Override
  void carryMore(State state) {
    state.carry("c", c);
    state.carry("forbidden", forbidden);
    state.carry("chances", chances);
  }

  /**
   * Hyperparameters. The book leaves the behaviour open; ε defaults to 0.3, since only explored
   * actions followed by greedy ones teach anything.
   *
   * @param gamma γ, in [0, 1]
   * @param exploration the behaviour policy
   * @param epsilon ε of the ε-greedy policy, in [0, 1]
   * @param temperature temperature of the softmax policy, above 0
   * @param initialValue Q before anything is learned, finite
   * @param values the id of the table, such as {@value Tables#DENSE} or {@value Tables#HASHED}
   */
  @RecordBuilder
  public record Config(
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described("behaviour policy while learning") Exploration exploration,
      @Described(value = "probability of exploring, if epsilon_greedy", range = Require.UNIT)
          Schedule epsilon,
      @Described(value = "how even the probabilities are, if softmax", range = Require.POSITIVE)
          Schedule temperature,
      @Described(value = "value before anything is learned", range = Require.FINITE)
          double initialValue,
      @Described("id of the table that holds the values: dense, hashed or a plugin's")
          String values)
      implements OffPolicyMonteCarloControlConfigBuilder.With {
    public Config {
      Require.unit("gamma", gamma);
      Require.unit("epsilon", epsilon);
      Require.positive("temperature", temperature);
      Require.finite("initial_value", initialValue);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(
          0.99,
          Exploration.EPSILON_GREEDY,
          Schedule.constant(0.3),
          Schedule.constant(1),
          0,
          Tables.DENSE);
    }
  }
}
