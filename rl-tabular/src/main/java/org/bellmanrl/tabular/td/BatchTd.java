package org.bellmanrl.tabular.td;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.tabular.internal.Episodes;
import org.bellmanrl.tabular.learner.TabularLearner;
import org.bellmanrl.tabular.table.VTable;

/**
 * Learns the state values of a given policy, which it follows, by going through all transitions so
 * far again and again after each episode: batch TD(0).
 *
 * <pre>
 * repeat until V changes by less than the tolerance:
 *   V(S) ← V(S) + α Σ [R + γ V(S') − V(S)]     over all transitions from S, for all S
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 6.3. The limit is the same for every step
 * size that is small enough, the certainty-equivalence estimate; here α is 1/n with n the
 * transitions from S, and states take their turns in place. Only sums over the transitions from one
 * state to another are kept, which give the same increments. (Batch Monte Carlo has the average of
 * all returns as its limit: that is {@link org.bellmanrl.tabular.montecarlo.MonteCarloPrediction}
 * with every visit, averaging.)
 *
 * <p>γ is multiplied by the environment's own discount, which is 0 after a terminal state; at a
 * truncation S' is the true last observation. With γ = 1 values have no limit where transitions
 * never lead to an end; going through them stops after {@code maxSweeps}. Transitions count from
 * the end of their episode on. Not thread-safe.
 */
public final class BatchTd extends TabularLearner {
  /** The id of this learner. */
  public static final String ID = "batch-td";

  private static final int NONE = -1;
  private static final int INITIAL_CAPACITY = 64;

  private final VTable v;
  private final Config config;
  private final double[] visits;
  private final double[] rewards;
  private final int[] firstPair;

  private int pairs;
  private int[] from = new int[INITIAL_CAPACITY];
  private int[] to = new int[INITIAL_CAPACITY];
  private int[] nextPair = new int[INITIAL_CAPACITY];
  private double[] discounts = new double[INITIAL_CAPACITY];

  /**
   * Creates a learner with a new table.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if observations or actions are not finite, or episodes have no
   *     end
   */
  public BatchTd(LearnerContext context, Config config, Policy policy) {
    Accepts.tables().check(ID, context.spec());
    Episodes.check(ID, context.spec());
    VTable v = new VTable(context.spec(), config.initialValue());
    super(ID, 1, policy, policy, v);
    this.v = v;
    this.config = config;
    this.visits = new double[v.states()];
    this.rewards = new double[v.states()];
    this.firstPair = new int[v.states()];
    Arrays.fill(firstPair, NONE);
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    boolean ended = false;
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int state = v.state(transitions.observations(), row);
      visits[state]++;
      rewards[state] += transitions.reward()[row];
      double discount = transitions.discount()[row];
      if (discount != 0) {
        discounts[pair(state, v.state(transitions.nextObservations(), row))] += discount;
      }
      ended |= transitions.last(row);
    }
    if (ended) {
      settle();
    }
  }

  /** Where the sums of a state and the one after it stand. */
  private int pair(int state, int next) {
    int pair = firstPair[state];
    while (pair != NONE && to[pair] != next) {
      pair = nextPair[pair];
    }
    return pair == NONE ? addPair(state, next, 0) : pair;
  }

  private int addPair(int state, int next, double discount) {
    if (pairs == to.length) {
      from = Arrays.copyOf(from, 2 * pairs);
      to = Arrays.copyOf(to, 2 * pairs);
      nextPair = Arrays.copyOf(nextPair, 2 * pairs);
      discounts = Arrays.copyOf(discounts, 2 * pairs);
    }
    from[pairs] = state;
    to[pairs] = next;
    discounts[pairs] = discount;
    nextPair[pairs] = firstPair[state];
    firstPair[state] = pairs;
    return pairs++;
  }

  private void settle() {
    double change = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < config.maxSweeps() && change >= config.tolerance(); sweep++) {
      change = 0;
      for (int s = 0; s < visits.length; s++) {
        if (visits[s] > 0) {
          double sum = rewards[s] - visits[s] * v.get(s);
          for (int pair = firstPair[s]; pair != NONE; pair = nextPair[pair]) {
            sum += config.gamma() * discounts[pair] * v.get(to[pair]);
          }
          double difference = sum / visits[s];
          v.add(s, difference);
          change = Math.max(change, Math.abs(difference));
        }
      }
    }
  }

  /** The table. */
  public VTable table() {
    return v;
  }

  @Override
  protected void carryLearned(State state) {
    state.carry("v", v);
    state.carry("visits", visits);
    state.carry("rewards", rewards);
    int[] states = state.carryUpTo("from", from, pairs, Integer.MAX_VALUE);
    int[] next = state.carryUpTo("to", to, pairs, Integer.MAX_VALUE);
    double[] sums = state.carryUpTo("discounts", discounts, pairs, Integer.MAX_VALUE);
    if (!state.restoring()) {
      return;
    }
    if (next.length != states.length || sums.length != states.length) {
      throw new StateException(
          "saved pairs of states have %d, %d and %d numbers, which must be as many"
              .formatted(states.length, next.length, sums.length));
    }
    pairs = 0;
    Arrays.fill(firstPair, NONE);
    for (int i = 0; i < states.length; i++) {
      addPair(checked(states[i]), checked(next[i]), sums[i]);
    }
  }

  private int checked(int state) {
    if (state < 0 || state >= v.states()) {
      throw new StateException(
          "a saved transition visits state %d of %d".formatted(state, v.states()));
    }
    return state;
  }

  /**
   * Hyperparameters.
   *
   * @param gamma γ, in [0, 1]
   * @param tolerance a smaller change ends going through the transitions; above 0
   * @param maxSweeps how often they are gone through after an episode at most, at least 1
   * @param initialValue V where nothing has been seen, finite
   */
  @RecordBuilder
  public record Config(
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(value = "a smaller change is none", range = Require.POSITIVE, aliases = "theta")
          double tolerance,
      @Described(
              value = "most times of going through all transitions",
              range = Require.AT_LEAST_ONE)
          int maxSweeps,
      @Described(value = "value before anything is learned", range = Require.FINITE)
          double initialValue)
      implements BatchTdConfigBuilder.With {
    public Config {
      Require.unit("gamma", gamma);
      Require.positive("tolerance", tolerance);
      Require.atLeast("max_sweeps", maxSweeps, 1);
      Require.finite("initial_value", initialValue);
    }

    /** γ = 0.99, which also suits tasks that don't end. */
    public static Config defaults() {
      return new Config(0.99, 1e-6, 10_000, 0);
    }
  }
}
