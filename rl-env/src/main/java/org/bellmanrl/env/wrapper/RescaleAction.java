package org.bellmanrl.env.wrapper;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.transform.ActionScaling;

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
    @Described(value = "lower bound of what is taken", range = Require.FINITE) double minAction,
    @Described(value = "upper bound of what is taken", range = "above min_action") double maxAction,
    @Described(
            value = "where min_action leads: one for all or one each; empty for the task's bounds",
            range = "finite, within the task's bounds")
        List<Double> low,
    @Described(
            value = "where max_action leads: one for all or one each; empty for the task's bounds",
            range = "finite, above low, within the task's bounds")
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
    Require.finite("low", low);
    Require.finite("high", high);
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
    return new Rescaled(this, inner, scaling((Box) inner.spec().actionSpace()));
  }

  private ActionScaling scaling(Box box) {
    double[][] ranges = Checks.ranges("rescale-action", box, low, high);
    float[] from = new float[box.size()];
    float[] to = new float[box.size()];
    for (int i = 0; i < from.length; i++) {
      from[i] = (float) ranges[0][i];
      to[i] = (float) ranges[1][i];
    }
    try {
      return new ActionScaling((float) minAction, (float) maxAction, box, from, to);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("rescale-action: " + e.getMessage(), e);
    }
  }

  private static final class Rescaled extends WrappedEnvironments {
    private final ActionScaling scaling;
    private final Columns actions;

    Rescaled(RescaleAction options, VectorEnvironment inner, ActionScaling scaling) {
      super(
          options,
          inner,
          inner.spec().withSpaces(inner.spec().observationSpace(), scaling.takes()),
          Change.DYNAMICS);
      this.scaling = scaling;
      this.actions = new Columns(scaling.gives(), inner.rows());
    }

    @Override
    public void step(Rows rows, Columns given, RandomStreams random, Outcomes outcomes) {
      scaling.apply(rows, given, actions);
      inner().step(rows, actions, random, outcomes);
    }

    @Override
    public <T> Optional<T> capability(int row, Class<T> type) {
      return type == ActionScaling.class
          ? Optional.of(type.cast(scaling))
          : super.capability(row, type);
    }
  }
}
