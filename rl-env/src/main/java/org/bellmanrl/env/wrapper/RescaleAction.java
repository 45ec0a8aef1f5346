package org.bellmanrl.env.wrapper;

import java.util.List;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;

/**
 * Maps actions from one range for all elements to the task's own range, linearly.
 *
 * <p>Takes a float32 Box of actions; gives one of the same shape with the bounds {@code minAction}
 * and {@code maxAction}. Where the task's own bounds are infinite {@code low} and {@code high} must
 * say what range to use (Gymnasium refuses such tasks). State saved: none.
 *
 * @param minAction lower bound of what is taken, finite
 * @param maxAction upper bound of what is taken, finite and above {@code minAction}
 * @param low where {@code minAction} leads, one value for all elements or one each; empty for the
 *     task's own bounds
 * @param high where {@code maxAction} leads, likewise
 */
public record RescaleAction(
    @Described(value = "lower bound of what is taken", range = "finite") double minAction,
    @Described(value = "upper bound of what is taken", range = "above min_action, finite")
        double maxAction,
    @Described(
            value = "where min_action leads: one for all or one each; empty for the task's bounds",
            range = "finite, within the task's bounds")
        List<Double> low,
    @Described(
            value = "where max_action leads: one for all or one each; empty for the task's bounds",
            range = "above low, finite, within the task's bounds")
        List<Double> high)
    implements Wrapper {

  public RescaleAction {
    float min = (float) minAction;
    float max = (float) maxAction;
    if (!(min < max) || !Float.isFinite(min) || !Float.isFinite(max)) {
      throw new IllegalArgumentException(
          "min_action must be below max_action, both finite as float32, were %s and %s"
              .formatted(minAction, maxAction));
    }
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  /** From a range to the task's own. */
  public RescaleAction(double minAction, double maxAction) {
    this(minAction, maxAction, List.of(), List.of());
  }

  /** From [−1, 1] to the task's own range. */
  public RescaleAction() {
    this(-1, 1);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    if (!Checks.isReal(inner.spec().actionSpace())) {
      throw Checks.actions("rescale-action", "a Box of real numbers", inner.spec());
    }
    return new Rescaled(this, inner, (Box) inner.spec().actionSpace());
  }

  private static final class Rescaled extends WrappedEnvironments {
    private final float min;
    private final float[] low;
    private final float[] high;
    private final double[] gradient;
    private final Columns actions;

    Rescaled(RescaleAction options, VectorEnvironment inner, Box box) {
      super(
          options,
          inner,
          inner
              .spec()
              .withSpaces(
                  inner.spec().observationSpace(),
                  Box.of((float) options.minAction, (float) options.maxAction, box.shape())),
          Change.DYNAMICS);
      double[][] ranges = Checks.ranges("rescale-action", box, options.low, options.high);
      int size = box.size();
      this.min = (float) options.minAction;
      this.low = new float[size];
      this.high = new float[size];
      this.gradient = new double[size];
      for (int i = 0; i < size; i++) {
        low[i] = (float) ranges[0][i];
        high[i] = (float) ranges[1][i];
        if (!(low[i] < high[i])) {
          throw new IllegalArgumentException(
              "low must be below high as float32 in rescale-action, element %d of %s has %s and %s"
                  .formatted(i, box, ranges[0][i], ranges[1][i]));
        }
        if (low[i] < box.low(i) || high[i] > box.high(i)) {
          throw new IllegalArgumentException(
              "low and high of rescale-action must lie within %s, element %d was %s to %s"
                  .formatted(box, i, low[i], high[i]));
        }
        gradient[i] = ((double) high[i] - low[i]) / ((double) (float) options.maxAction - min);
      }
      this.actions = new Columns(box, inner.rows());
    }

    @Override
    public void step(Rows rows, Columns given, RandomStreams random, Outcomes outcomes) {
      float[] from = given.floats();
      float[] to = actions.floats();
      int width = gradient.length;
      for (int i = 0; i < rows.count(); i++) {
        int at = rows.at(i) * width;
        for (int j = 0; j < width; j++) {
          float value = (float) (low[j] + ((double) from[at + j] - min) * gradient[j]);
          to[at + j] = Math.clamp(value, low[j], high[j]); // rounding must not leave the space
        }
      }
      inner().step(rows, actions, random, outcomes);
    }
  }
}
