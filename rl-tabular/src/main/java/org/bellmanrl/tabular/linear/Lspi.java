package org.bellmanrl.tabular.linear;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import java.util.Objects;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.tabular.learner.TabularLearner;
import org.bellmanrl.tabular.policy.EpsilonGreedy;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * Improves a policy until it stays as it is, judging each by least squares over the same samples:
 * least-squares policy iteration.
 *
 * <pre>
 * repeat until w changes by less than the tolerance:
 *   A ← δ I,  b ← 0
 *   for each sample S, A, R, S':
 *     A' ← argmax_a wᵀ x(S', a)
 *     A ← A + x(S, A) [x(S, A) − γ x(S', A')]ᵀ,  b ← b + x(S, A) R
 *   w ← A⁻¹ b
 * </pre>
 *
 * <p>Source: Lagoudakis &amp; Parr, <i>Least-Squares Policy Iteration</i>, JMLR 4, 2003, figures 5
 * and 8 (LSTDQ, LSPI). The features of a state stand in a separate block for each action. The
 * latest samples are kept, and every so many the policy is improved, from the weights there are. A'
 * is the first best of the actions that the mask of S' allows; γ is multiplied by the environment's
 * own discount, which is 0 after a terminal state, and at a truncation S' is the true last
 * observation. Improvement may go in a circle and stops after so many rounds.
 *
 * <p>Solving takes O(k³) for k features times actions, and O(k²) memory. Not thread-safe.
 */
public final class Lspi extends TabularLearner {
  /** The id of this learner. */
  public static final String ID = "lspi";

  private final LinearQ q;
  private final Config config;
  private final Observations seen;
  private final Observations next;
  private final int[] actions;
  private final double[] rewards;
  private final double[] discounts;
  private final double[] matrix;
  private final double[] vector;

  private int samples;
  private int oldest;
  private int waiting;
  private int rounds;

  /**
   * Creates a learner whose weights are all 0.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted, or there are too many
   *     features for a matrix
   */
  public Lspi(LearnerContext context, Config config) {
    Space actionSpace = context.spec().actionSpace();
    FeatureMap features = LinearSpaces.features(ID, context.spec(), config.features());
    LinearQ q = new LinearQ(features, actionSpace, 0);
    super(
        ID,
        1,
        new EpsilonGreedy(q, actionSpace, config.epsilon(), context.progress(), TieBreak.RANDOM),
        new Greedy(q, actionSpace, TieBreak.FIRST),
        q);
    this.q = q;
    this.config = config;
    if ((long) q.size() * q.size() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%s needs a matrix of %d² numbers, which doesn't fit an array; take fewer features"
              .formatted(ID, q.size()));
    }
    Require.memory(
        "a matrix of %d² numbers".formatted(q.size()),
        8.0 * q.size() * q.size(),
        2,
        "take fewer features");
    this.seen = new Observations(context.spec(), config.samples());
    this.next = new Observations(context.spec(), config.samples());
    this.actions = new int[config.samples()];
    this.rewards = new double[config.samples()];
    this.discounts = new double[config.samples()];
    this.matrix = new double[q.size() * q.size()];
    this.vector = new double[q.size()];
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int slot = samples < actions.length ? samples++ : oldest;
      oldest = (slot + 1) % actions.length;
      seen.copyRow(transitions.observations(), row, slot);
      next.copyRow(transitions.nextObservations(), row, slot);
      actions[slot] = q.action(transitions.actions().values(), row);
      rewards[slot] = transitions.reward()[row];
      discounts[slot] = transitions.discount()[row];
      waiting++;
      if (waiting == config.interval()) {
        waiting = 0;
        improve();
      }
    }
  }

  private void improve() {
    double change = Double.POSITIVE_INFINITY;
    for (rounds = 0; rounds < config.maxRounds() && change >= config.tolerance(); rounds++) {
      change = judge();
    }
  }

  /** LSTDQ: the values of the policy that is greedy in the present ones; how much they change. */
  private double judge() {
    int k = vector.length;
    Arrays.fill(matrix, 0);
    Arrays.fill(vector, 0);
    for (int i = 0; i < k; i++) {
      matrix[i * k + i] = config.regularisation();
    }
    for (int sample = 0; sample < samples; sample++) {
      add(sample);
    }
    LinearSystem.solve(matrix, vector);
    double change = 0;
    double[] w = q.weights();
    for (int i = 0; i < k; i++) {
      change = Math.max(change, Math.abs(vector[i] - w[i]));
      w[i] = vector[i];
    }
    return change;
  }

  private void add(int sample) {
    int k = vector.length;
    FeatureMap features = q.features();
    Columns now = seen.values();
    Columns then = next.values();
    int here = actions[sample] * features.size();
    double discount = config.gamma() * discounts[sample];
    int there = discount == 0 ? 0 : greedy(sample) * features.size();
    for (int i = 0; i < features.active(); i++) {
      int line = here + features.index(now, sample, i);
      double x = features.value(now, sample, i);
      vector[line] += x * rewards[sample];
      for (int j = 0; j < features.active(); j++) {
        matrix[line * k + here + features.index(now, sample, j)] +=
            x * features.value(now, sample, j);
        if (discount != 0) {
          matrix[line * k + there + features.index(then, sample, j)] -=
              discount * x * features.value(then, sample, j);
        }
      }
    }
  }

  /** The first best action after a sample. */
  private int greedy(int sample) {
    int best = -1;
    double most = 0;
    for (int a = 0; a < q.actions(); a++) {
      if (q.actionIndex().allows(next, sample, a)) {
        double value = q.value(next.values(), sample, a);
        if (best < 0 || value > most) {
          most = value;
          best = a;
        }
      }
    }
    return Math.max(0, best);
  }

  /** The values. */
  public LinearQ q() {
    return q;
  }

  /** Rounds that the last improvement took. */
  @Override
  public void report(Metrics metrics) {
    metrics.scalar("rounds", rounds);
    Exploration.report(behaviour(), metrics);
  }

  @Override
  protected void carryLearned(State state) {
    state.carry("q", q);
    state.carry("seen", seen);
    state.carry("next", next);
    state.carry("actions", actions);
    state.carry("rewards", rewards);
    state.carry("discounts", discounts);
    samples = state.carryIndex("samples", samples, actions.length + 1);
    oldest = state.carryIndex("oldest", oldest, actions.length);
    waiting = state.carryIndex("waiting", waiting, config.interval());
    rounds = state.carry("rounds", rounds);
    for (int action : actions) {
      if (action < 0 || action >= q.actions()) {
        throw new StateException(
            "a saved action must be in [0, %d), was %d".formatted(q.actions(), action));
      }
    }
  }

  /**
   * Hyperparameters.
   *
   * @param features features of the observations
   * @param samples how many of the latest samples are kept, at least 1
   * @param interval after how many samples the policy is improved, at least 1
   * @param maxRounds policies judged in an improvement at most, at least 1
   * @param tolerance a smaller change of the weights ends it, above 0
   * @param regularisation δ: what the matrix begins with on its diagonal, above 0
   * @param gamma γ, in [0, 1]
   * @param epsilon ε of the ε-greedy policy behaved by, in [0, 1]
   */
  @RecordBuilder
  public record Config(
      @Described("features of the observation, such as tiles:8:10 or fourier:3") Features features,
      @Described(value = "how many of the latest samples are kept", range = Require.AT_LEAST_ONE)
          int samples,
      @Described(value = "samples from one improvement to the next", range = Require.AT_LEAST_ONE)
          int interval,
      @Described(value = "most policies evaluated in an improvement", range = Require.AT_LEAST_ONE)
          int maxRounds,
      @Described(value = "a smaller change of the weights is none", range = Require.POSITIVE)
          double tolerance,
      @Described(
              value = "strength of the regularisation of weights towards 0",
              range = Require.POSITIVE)
          double regularisation,
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(value = "probability of exploring", range = Require.UNIT) Schedule epsilon)
      implements LspiConfigBuilder.With {
    public Config {
      Objects.requireNonNull(features);
      Require.atLeast("samples", samples, 1);
      Require.atLeast("interval", interval, 1);
      Require.atLeast("max_rounds", maxRounds, 1);
      Require.positive("tolerance", tolerance);
      Require.positive("regularisation", regularisation);
      Require.unit("gamma", gamma);
      Require.unit("epsilon", epsilon);
    }

    /**
     * Returns the defaults: 5000 samples of the random policy, improved upon every 1000, in up to
     * 20 rounds.
     */
    public static Config defaults() {
      return new Config(
          Features.fourier(3), 5000, 1000, 20, 1e-3, 1e-3, 0.99, Schedule.constant(1));
    }
  }
}
