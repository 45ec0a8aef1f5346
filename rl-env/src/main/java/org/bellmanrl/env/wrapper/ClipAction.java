package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;

/**
 * Takes any real action and clips it to the task's bounds.
 *
 * <p>Takes a float32 Box of actions; gives the unbounded Box of the same shape. State saved: none.
 */
public record ClipAction() implements Wrapper {

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    if (!Checks.isReal(inner.spec().actionSpace())) {
      throw Checks.actions("clip-action", "a Box of real numbers", inner.spec());
    }
    return new Clipped(this, inner, (Box) inner.spec().actionSpace());
  }

  private static final class Clipped extends WrappedEnvironments {
    private final float[] low;
    private final float[] high;
    private final Columns actions;

    Clipped(Wrapper wrapper, VectorEnvironment inner, Box box) {
      super(
          wrapper,
          inner,
          inner
              .spec()
              .withSpaces(
                  inner.spec().observationSpace(),
                  Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, box.shape())),
          Change.DYNAMICS);
      this.low = new float[box.size()];
      this.high = new float[box.size()];
      for (int i = 0; i < low.length; i++) {
        low[i] = box.low(i);
        high[i] = box.high(i);
      }
      this.actions = new Columns(box, inner.rows());
    }

    @Override
    public void step(Rows rows, Columns given, RandomStreams random, Outcomes outcomes) {
      float[] from = given.floats();
      float[] to = actions.floats();
      int width = low.length;
      for (int i = 0; i < rows.count(); i++) {
        int at = rows.at(i) * width;
        for (int j = 0; j < width; j++) {
          to[at + j] = Math.min(Math.max(from[at + j], low[j]), high[j]);
        }
      }
      inner().step(rows, actions, random, outcomes);
    }
  }
}
