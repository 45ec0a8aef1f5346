package org.bellmanrl.tabular.bandit;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Takes the arm that could be best: the estimate of each plus the doubt about it.
 *
 * <pre>A ← argmax_a [Q(a) + c √(ln t / N(a))]</pre>
 *
 * <p>Source: Auer, Cesa-Bianchi &amp; Fischer, <i>Finite-time Analysis of the Multiarmed Bandit
 * Problem</i>, Machine Learning 47, 2002 (UCB1, whose c is √2 for rewards in [0, 1]); Sutton &amp;
 * Barto, 2nd ed., 2018, section 2.7. t counts the pulls so far of all arms, plus this one. An arm
 * that was never pulled comes before all others. Beyond the sources, it keeps estimates and a t for
 * each of finitely many observations.
 *
 * <p>Rows of a batch are learned from one after the other, and act on the same estimates. Not
 * thread-safe.
 */
public final class UpperConfidenceBound extends Bandit {
  /** The id of this learner. */
  public static final String ID = "ucb";

  private final ArmValues arms;

  /**
   * Creates a learner whose estimates are all 0.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public UpperConfidenceBound(LearnerContext context, Config config) {
    Accepts.tables().check(ID, context.spec());
    ArmValues arms = new ArmValues(context, 0, config.stepSize());
    Space actions = context.spec().actionSpace();
    super(
        new Greedy(new UpperBounds(arms, config.confidence()), actions, config.ties()),
        new Greedy(arms.table(), actions, config.ties()),
        arms.table());
    this.arms = arms;
  }

  @Override
  void learn(Transitions transitions, int row) {
    arms.learn(transitions, row);
  }

  /** Returns the estimates, Q. */
  public QTable table() {
    return arms.table();
  }

  @Override
  protected void carryLearned(State state) {
    state.carry("arms", arms);
  }

  /** The upper bounds as values, so that a greedy policy takes the largest. */
  private static final class UpperBounds implements ValueFunction {
    private final ArmValues arms;
    private final double confidence;

    UpperBounds(ArmValues arms, double confidence) {
      this.arms = arms;
      this.confidence = confidence;
    }

    @Override
    public int width() {
      return arms.actions();
    }

    @Override
    public void evaluate(Rows rows, Observations observations, double[] into) {
      int width = arms.actions();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int state = arms.state(observations, row);
        // StrictMath: the same bits on every machine and at every level of compilation.
        double logT = StrictMath.log(arms.visits(state) + 1.0);
        for (int a = 0; a < width; a++) {
          int entry = state * width + a;
          long n = arms.pulls(entry);
          into[row * width + a] =
              n == 0
                  ? Double.POSITIVE_INFINITY
                  : arms.table().get(entry) + confidence * Math.sqrt(logT / n);
        }
      }
    }

    @Override
    public ValueFunction snapshot() {
      return new UpperBounds(arms.snapshot(), confidence);
    }

    @Override
    public void carry(State state) {
      arms.carry(state);
    }
  }

  /**
   * Hyperparameters. The default is that of Sutton &amp; Barto's figure 2.4.
   *
   * @param confidence c, above 0: how much doubt counts, in units of reward
   * @param stepSize α, in (0, 1]; empty to average all rewards of an arm
   * @param ties what to do with several best arms
   */
  @RecordBuilder
  public record Config(
      @Described(
              value = "how much doubt counts, in units of reward",
              range = Require.POSITIVE,
              aliases = "c")
          double confidence,
      @Described(
              value = "weight of a new reward; None averages all rewards",
              range = Require.STEP_SIZE,
              aliases = {"alpha", "lr", "learning_rate"})
          Optional<Schedule> stepSize,
      @Described("which of several best arms is taken") TieBreak ties)
      implements UpperConfidenceBoundConfigBuilder.With {
    public Config {
      Require.positive("confidence", confidence);
      stepSize.ifPresent(schedule -> Require.stepSize("step_size", schedule));
      Objects.requireNonNull(ties);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(2, Optional.empty(), TieBreak.RANDOM);
    }
  }
}
