package org.bellmanrl.env.wrapper;

import java.util.List;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;

/**
 * Offers finitely many of a continuous task's actions: the middles of bins of equal width.
 *
 * <p>Takes a float32 Box of actions; gives the Discrete number of a combination of bins, the last
 * element's varying fastest, or with {@code multidiscrete} a MultiDiscrete of one bin per element.
 * Elements without finite bounds need {@code low} and {@code high}. State saved: none.
 *
 * @param bins how many bins, one number for all elements or one each, each at least 1
 * @param multidiscrete whether the bins are chosen one by one
 * @param low where the first bin begins, likewise; empty for the bounds of the space
 * @param high where the last bin ends, likewise; empty for the bounds of the space
 */
public record DiscretizeAction(
    @Described(
            value = "how many bins: one number for all elements or one each",
            range = Require.AT_LEAST_ONE)
        List<Integer> bins,
    @Described("take one bin per element instead of a single number") boolean multidiscrete,
    @Described(
            value = "where the first bin begins: one for all or one each; empty for the bounds",
            range = Require.FINITE)
        List<Double> low,
    @Described(
            value = "where the last bin ends: one for all or one each; empty for the bounds",
            range = "finite, above low")
        List<Double> high)
    implements Wrapper {

  public DiscretizeAction {
    bins = List.copyOf(bins);
    low = List.copyOf(low);
    high = List.copyOf(high);
    Require.finite("low", low);
    Require.finite("high", high);
    Require.each("bins", bins, 1);
  }

  /** So many bins for each element, numbered together, between the bounds of the space. */
  public DiscretizeAction(int bins) {
    this(List.of(bins), false, List.of(), List.of());
  }

  /** Five bins for each element. */
  public DiscretizeAction() {
    this(5);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    if (!Checks.isReal(inner.spec().actionSpace())) {
      throw Checks.actions("discretize-action", "a Box of real numbers", inner.spec());
    }
    Box box = (Box) inner.spec().actionSpace();
    int[] counts = Checks.spreadInts("bins", bins, box.size());
    Space space =
        multidiscrete ? new MultiDiscrete(counts) : Discretize.product("discretize-action", counts);
    return new Chosen(this, inner, box, counts, space);
  }

  private static final class Chosen extends WrappedEnvironments {
    private final int[] counts;
    private final float[][] middles;
    private final boolean together;
    private final Columns actions;

    Chosen(DiscretizeAction options, VectorEnvironment inner, Box box, int[] counts, Space space) {
      super(
          options,
          inner,
          inner.spec().withSpaces(inner.spec().observationSpace(), space),
          Change.DYNAMICS);
      this.counts = counts;
      this.together = !options.multidiscrete;
      this.actions = new Columns(box, inner.rows());
      double[][] ranges = Checks.ranges("discretize-action", box, options.low, options.high);
      this.middles = new float[counts.length][];
      for (int i = 0; i < counts.length; i++) {
        middles[i] = new float[counts[i]];
        double width = (ranges[1][i] - ranges[0][i]) / counts[i];
        for (int bin = 0; bin < counts[i]; bin++) {
          double middle = ranges[0][i] + (bin + 0.5) * width;
          middles[i][bin] = Math.clamp((float) middle, box.low(i), box.high(i));
        }
      }
    }

    @Override
    public void step(Rows rows, Columns given, RandomStreams random, Outcomes outcomes) {
      int width = counts.length;
      float[] to = actions.floats();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int number = together ? given.ints()[row] : 0;
        for (int j = width - 1; j >= 0; j--) {
          int bin = together ? number % counts[j] : given.ints()[row * width + j];
          number /= counts[j];
          to[row * width + j] = middles[j][bin];
        }
      }
      inner().step(rows, actions, random, outcomes);
    }
  }
}
