package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.jspecify.annotations.Nullable;

/**
 * Divides rewards by the running standard deviation of a discounted sum of past rewards, so that
 * returns have about unit variance: r / √(variance + epsilon). With a bound of returns it divides
 * by the largest size that the sum ever had over that bound, if this is more: so that returns fit
 * into the range of a distributional critic (Lee et al., <i>Hyperspherical Normalization for
 * Scalable Deep Reinforcement Learning</i>, 2025: SimbaV2).
 *
 * <p>Takes and gives any spaces. Per row the sum is R ← gamma · R · (1 − terminated) + r, and the
 * variance takes in the sums of all listed rows at once, or those of each row in a round when that
 * ends; see {@link Update}. As in Gymnasium 1.3.0 a terminal step drops what came before it instead
 * of what it was part of, and neither truncation nor reset clears the sum: it sets a scale, and is
 * no one's target. Left out of evaluation. State saved: the statistics, the sum of every row and,
 * of rounds, the statistics of each row since the last; with a bound also the largest sizes.
 *
 * @param gamma the discount of the sum, in [0, 1]
 * @param epsilon added to the variance, above 0
 * @param update when the statistics change
 * @param bound of the size of returns, above 0; infinite for none
 */
public record NormalizeReward(
    @Described(value = "discount of the sum whose deviation is taken", range = Require.UNIT)
        double gamma,
    @Described(value = "added to the variance", range = Require.POSITIVE) double epsilon,
    @Described("when the statistics change") Update update,
    @Described(value = "bound of the size of returns; inf for none", range = "(0, inf]")
        double bound)
    implements Wrapper {

  public NormalizeReward {
    Require.unit("gamma", gamma);
    Require.positive("epsilon", epsilon);
    Require.inRange("bound", bound, "(0, inf]");
  }

  /** Without a bound of returns. */
  public NormalizeReward(double gamma, double epsilon, Update update) {
    this(gamma, epsilon, update, Double.POSITIVE_INFINITY);
  }

  /** Gymnasium's defaults: gamma 0.99 and epsilon 1e-8. */
  public NormalizeReward() {
    this(0.99, 1e-8, Update.STEP);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new Normalized(this, inner);
  }

  private static final class Normalized extends WrappedEnvironments {
    private final NormalizeReward options;
    private final double[] sums;
    private final RunningMoments moments = new RunningMoments(1);
    private final double[] mean = new double[1];
    private final double[] squares = new double[1];

    /** The largest size of each row's sum, and of all that the statistics have taken in. */
    private final double[] sizes;

    private double largest;

    /** The sums of this round; null unless statistics change by rounds. */
    private final @Nullable RowMoments shown;

    Normalized(NormalizeReward options, VectorEnvironment inner) {
      super(options, inner, inner.spec(), Change.DYNAMICS);
      this.options = options;
      this.sums = new double[inner.rows()];
      this.sizes = new double[inner.rows()];
      this.shown = options.update == Update.ROUND ? new RowMoments(inner.rows(), 1) : null;
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      inner().step(rows, actions, random, outcomes);
      if (rows.isEmpty()) {
        return;
      }
      double[] reward = outcomes.reward();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        if (!Double.isFinite(reward[row])) {
          throw new IllegalStateException(
              "reward of %s must be finite, was %s in row %d"
                  .formatted(spec().name(), reward[row], row));
        }
        double before = outcomes.terminated()[row] ? 0 : sums[row] * options.gamma;
        sums[row] = before + reward[row];
        sizes[row] = Math.max(sizes[row], Math.abs(sums[row]));
        if (shown != null) {
          shown.next(row);
          shown.add(row, 0, sums[row]);
        }
      }
      if (options.update == Update.STEP) {
        takeIn(rows);
      }
      double deviation = Math.sqrt(moments.variance[0] + options.epsilon);
      double divisor = Math.max(deviation, largest / options.bound);
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        outcomes.changeReward(row, reward[row] / divisor);
      }
    }

    private boolean bounded() {
      return options.bound < Double.POSITIVE_INFINITY;
    }

    private void takeIn(Rows rows) {
      int count = rows.count();
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += sums[rows.at(i)];
        largest = Math.max(largest, sizes[rows.at(i)]);
      }
      mean[0] = sum / count;
      squares[0] = 0;
      for (int i = 0; i < count; i++) {
        double difference = sums[rows.at(i)] - mean[0];
        squares[0] += difference * difference;
      }
      moments.update(mean, squares, count);
    }

    @Override
    protected VectorEnvironment forEvaluation(VectorEnvironment within) {
      return within;
    }

    @Override
    public Sharing sharing() {
      return inner()
          .sharing()
          .and(options.update == Update.STEP ? Sharing.BY_STEPPING : Sharing.BY_MERGING);
    }

    @Override
    public void mergeRows() {
      if (shown != null) {
        shown.moveTo(moments);
        for (double size : sizes) {
          largest = Math.max(largest, size);
        }
      }
      super.mergeRows();
    }

    @Override
    public void carry(State state, int row) {
      state.begin("normalize-reward", 1);
      sums[row] = state.carry("sums", sums[row]);
      if (bounded()) {
        sizes[row] = state.carry("sizes", sizes[row]);
      }
      if (shown != null) {
        shown.carry(state, row);
      }
      state.end();
      super.carry(state, row);
    }

    @Override
    public void carryShared(State state) {
      state.begin("normalize-reward", 1);
      moments.carry(state);
      if (bounded()) {
        largest = state.carry("largest", largest);
      }
      state.end();
      super.carryShared(state);
    }
  }
}
