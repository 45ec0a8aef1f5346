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

/**
 * Multiplies rewards by a factor.
 *
 * <p>Takes and gives any spaces. Left out of evaluation. State saved: none.
 *
 * @param factor multiplies each reward; above 0 and finite, so that what is best stays best
 */
public record ScaleReward(
    @Described(value = "multiplies each reward", range = Require.POSITIVE) double factor)
    implements Wrapper {

  public ScaleReward {
    Require.positive("factor", factor);
  }

  /** A tenth. */
  public ScaleReward() {
    this(0.1);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new Scaled(this, inner);
  }

  private static final class Scaled extends WrappedEnvironments {
    private final double factor;

    Scaled(ScaleReward wrapper, VectorEnvironment inner) {
      super(wrapper, inner, inner.spec(), Change.DYNAMICS);
      this.factor = wrapper.factor;
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      inner().step(rows, actions, random, outcomes);
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        outcomes.changeReward(row, outcomes.reward()[row] * factor);
      }
    }

    @Override
    protected VectorEnvironment forEvaluation(VectorEnvironment within) {
      return within;
    }
  }
}
