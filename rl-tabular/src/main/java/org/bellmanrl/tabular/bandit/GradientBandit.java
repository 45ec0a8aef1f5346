package org.bellmanrl.tabular.bandit;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Preferences;
import org.bellmanrl.tabular.policy.Softmax;
import org.bellmanrl.tabular.table.QTable;

/**
 * Learns preferences H for the arms by stochastic gradient ascent, and draws by their softmax π.
 *
 * <pre>
 * H(a) ← H(a) + α (R − R̄) (1{a = A} − π(a))          for all arms a
 * R̄ ← R̄ + (R − R̄) / t
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 2.8. R̄, the baseline, averages the rewards
 * before the present one and begins as the first of them; without a baseline it stays 0. Beyond the
 * source, it keeps preferences and a baseline for each of finitely many observations.
 *
 * <p>Rows of a batch are learned from one after the other, each with the preferences of that
 * moment. Not thread-safe.
 */
public final class GradientBandit extends Bandit {
  /** The id of this learner. */
  public static final String ID = "gradient-bandit";

  private final QTable h;
  private final ActionIndex index;
  private final double[] baseline;
  private final long[] counts;
  private final boolean hasBaseline;
  private final Scheduled stepSize;
  private final double[] probabilities;

  /**
   * Creates a learner whose preferences are all 0.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public GradientBandit(LearnerContext context, Config config) {
    Accepts.tables().check(ID, context.spec());
    QTable h = new QTable(context.spec(), 0);
    Softmax softmax =
        new Softmax(h, context.spec().actionSpace(), Schedule.constant(1), context.progress());
    super(softmax, softmax, null);
    this.h = h;
    this.index = ActionIndex.of(context.spec().actionSpace());
    this.baseline = new double[h.states()];
    this.counts = new long[h.states()];
    this.hasBaseline = config.baseline();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.probabilities = new double[h.actions()];
  }

  @Override
  void learn(Transitions transitions, int row) {
    int first = h.first(transitions.observations(), row);
    int state = first / h.actions();
    int action = index.of(transitions.actions().values(), row);
    double reward = transitions.reward()[row];
    if (hasBaseline && counts[state] == 0) {
      baseline[state] = reward;
    }
    Preferences.softmax(h, first, index, transitions.observations(), row, probabilities);
    double step = stepSize.now() * (reward - baseline[state]);
    for (int a = 0; a < h.actions(); a++) {
      h.add(first + a, step * ((a == action ? 1 : 0) - probabilities[a]));
    }
    counts[state]++;
    if (hasBaseline) {
      baseline[state] += (reward - baseline[state]) / counts[state];
    }
  }

  /** Returns the preferences, H. */
  public QTable preferences() {
    return h;
  }

  @Override
  protected void carryLearned(State state) {
    state.carry("h", h);
    state.carry("baseline", baseline);
    state.carry("counts", counts);
  }

  /**
   * Hyperparameters. The defaults are those of Sutton &amp; Barto's figure 2.5.
   *
   * @param stepSize α, in (0, 1]
   * @param baseline whether the average reward is taken off
   */
  @RecordBuilder
  public record Config(
      @Described(
              value = "how far a reward moves the preferences",
              range = Require.STEP_SIZE,
              aliases = {"alpha", "lr", "learning_rate"})
          Schedule stepSize,
      @Described("whether the average reward is taken off") boolean baseline)
      implements GradientBanditConfigBuilder.With {
    public Config {
      Require.stepSize("step_size", stepSize);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(Schedule.constant(0.1), true);
    }
  }
}
