package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;

/**
 * Clips rewards to a range.
 *
 * <p>Takes and gives any spaces. Left out of evaluation. State saved: none.
 *
 * @param minReward the smallest reward; may be negative infinity
 * @param maxReward the largest reward; may be infinity
 */
public record ClipReward(
    @Described(value = "smallest reward", range = "[-inf, max_reward]") double minReward,
    @Described(value = "largest reward", range = "[min_reward, inf]") double maxReward)
    implements Wrapper {

  public ClipReward {
    if (!(minReward <= maxReward)
        || minReward == Double.POSITIVE_INFINITY
        || maxReward == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "min_reward must be at most max_reward, were %s and %s".formatted(minReward, maxReward));
    }
  }

  /** Clips to [−1, 1], as Mnih et al. (2015) do on Atari games. */
  public ClipReward() {
    this(-1, 1);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new Clipped(this, inner);
  }

  private static final class Clipped extends WrappedEnvironments {
    private final double low;
    private final double high;

    Clipped(ClipReward wrapper, VectorEnvironment inner) {
      super(wrapper, inner, inner.spec(), Change.DYNAMICS);
      this.low = wrapper.minReward;
      this.high = wrapper.maxReward;
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      inner().step(rows, actions, random, outcomes);
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        // Keeps NaN, which the loop refuses.
        outcomes.changeReward(row, Math.clamp(outcomes.reward()[row], low, high));
      }
    }

    @Override
    protected VectorEnvironment forEvaluation(VectorEnvironment within) {
      return within;
    }
  }
}
