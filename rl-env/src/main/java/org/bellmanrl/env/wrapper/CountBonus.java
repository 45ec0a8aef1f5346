package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Adds to each reward a bonus for what was seldom seen: r + scale / √N(s'), where N counts how
 * often the observation s' was reached in all rows together, this time included.
 *
 * <p>Takes and gives any spaces. Observations count as the same where all their numbers are equal,
 * so those of a Box should be made coarser inside, by {@code discretize} for instance. They are
 * told apart by 64 bits: two different ones among a million are confused with a probability of
 * 3e-8. The rows of a step are counted in order. Each observation seen takes 12 to 48 bytes of
 * memory. Left out of evaluation. State saved: the counts.
 *
 * <p>Source: Tang et al., <i>#Exploration: A Study of Count-Based Exploration for Deep
 * Reinforcement Learning</i>, 2017, equation 2; Strehl and Littman, 2008.
 *
 * @param scale the bonus of an observation that is seen for the first time, at least 0
 */
public record CountBonus(
    @Described(value = "bonus of what is seen for the first time", range = Require.NOT_NEGATIVE)
        double scale)
    implements Wrapper {
  public CountBonus {
    Require.notNegative("scale", scale);
  }

  /** A bonus of 0.1. */
  public CountBonus() {
    this(0.1);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new Rewarded(this, inner);
  }

  private static final class Rewarded extends WrappedEnvironments {
    private final double scale;
    private final VisitCounts counts = new VisitCounts();

    Rewarded(CountBonus options, VectorEnvironment inner) {
      super(options, inner, inner.spec(), Change.DYNAMICS);
      this.scale = options.scale;
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      inner().step(rows, actions, random, outcomes);
      Columns seen = outcomes.observations().values();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        double bonus = scale / Math.sqrt(counts.visit(key(seen, row)));
        outcomes.changeReward(row, outcomes.reward()[row] + bonus);
      }
    }

    /** 64 bits of all numbers of a row. */
    private static long key(Columns values, int row) {
      Layout layout = values.layout();
      long key = 0;
      for (int i = 0, at = row * layout.ints(); i < layout.ints(); i++) {
        key = mixed(key, values.ints()[at + i]);
      }
      for (int i = 0, at = row * layout.floats(); i < layout.floats(); i++) {
        // Adding 0 makes one zero of the two.
        key = mixed(key, Float.floatToIntBits(values.floats()[at + i] + 0f));
      }
      for (int i = 0, at = row * layout.bytes(); i < layout.bytes(); i++) {
        key = mixed(key, values.bytes()[at + i]);
      }
      return key;
    }

    /** Takes in one number more, by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mixed(long key, int value) {
      long z = (key ^ value) + 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return z ^ (z >>> 31);
    }

    @Override
    protected VectorEnvironment forEvaluation(VectorEnvironment within) {
      return within;
    }

    @Override
    public void carryShared(State state) {
      state.begin("count-bonus", 1);
      counts.carry(state);
      state.end();
      super.carryShared(state);
    }
  }
}
