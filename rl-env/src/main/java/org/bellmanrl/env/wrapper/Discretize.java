package org.bellmanrl.env.wrapper;

import java.util.List;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.transform.ObservationTransform;

/**
 * Sorts each element of the observation into bins of equal width, so that a table can learn.
 *
 * <p>Takes a float32 Box; gives the Discrete number of the bin, the last element's varying fastest,
 * or with {@code multidiscrete} a MultiDiscrete of one bin per element. A bin holds its lower edge;
 * what lies outside of the range falls into the first or last one. Elements without finite bounds
 * need {@code low} and {@code high} (Gymnasium refuses them). State saved: none.
 *
 * @param bins how many bins, one number for all elements or one each, each at least 1
 * @param multidiscrete whether the bins stay apart
 * @param low where the first bin begins, likewise; empty for the bounds of the space
 * @param high where the last bin ends, likewise; empty for the bounds of the space
 */
public record Discretize(
    @Described(
            value = "how many bins: one number for all elements or one each",
            range = "1 or more")
        List<Integer> bins,
    @Described("give one bin per element instead of a single number") boolean multidiscrete,
    @Described(
            value = "where the first bin begins: one for all or one each; empty for the bounds",
            range = "finite")
        List<Double> low,
    @Described(
            value = "where the last bin ends: one for all or one each; empty for the bounds",
            range = "finite, above low")
        List<Double> high)
    implements Wrapper {

  public Discretize {
    bins = List.copyOf(bins);
    low = List.copyOf(low);
    high = List.copyOf(high);
    Checks.positive("bins", bins);
  }

  /** So many bins for each element, numbered together, between the bounds of the space. */
  public Discretize(int bins) {
    this(List.of(bins), false, List.of(), List.of());
  }

  /** Ten bins for each element. */
  public Discretize() {
    this(10);
  }

  /** The transform for observations of a space. */
  public ObservationTransform transform(Space space) {
    if (!Checks.isReal(space)) {
      throw Checks.observations("discretize", "a Box of real numbers", space);
    }
    Box box = (Box) space;
    int[] counts = Checks.spreadInts("bins", bins, box.size());
    return new Binning(
        box,
        counts,
        Checks.ranges("discretize", box, low, high),
        multidiscrete ? new MultiDiscrete(counts) : product("discretize", counts));
  }

  /** All combinations, numbered. */
  static Discrete product(String wrapper, int[] counts) {
    long product = 1;
    for (int count : counts) {
      product *= count;
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%s makes more than %d combinations of bins; ask for fewer bins, or multidiscrete=true"
                .formatted(wrapper, Integer.MAX_VALUE));
      }
    }
    return new Discrete((int) product);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return TransformObservation.wrap(this, inner, transform(inner.spec().observationSpace()));
  }

  private static final class Binning extends StatelessTransform {
    private final Box from;
    private final int width;
    private final int[] counts;
    private final double[] low;
    private final double[] range;
    private final boolean together;

    Binning(Box from, int[] counts, double[][] ranges, Space to) {
      super(to);
      this.from = from;
      this.width = counts.length;
      this.counts = counts;
      this.low = ranges[0];
      this.range = new double[width];
      for (int i = 0; i < width; i++) {
        range[i] = ranges[1][i] - ranges[0][i];
      }
      this.together = to instanceof Discrete;
    }

    @Override
    void apply(int row, Columns in, Columns out) {
      float[] values = in.floats();
      int[] into = out.ints();
      int at = row * width;
      int number = 0;
      for (int i = 0; i < width; i++) {
        int bin = bin(values[at + i], i);
        if (together) {
          number = number * counts[i] + bin;
        } else {
          into[at + i] = bin;
        }
      }
      if (together) {
        into[row] = number;
      }
    }

    private int bin(float value, int i) {
      if (Float.isNaN(value)) {
        throw new IllegalStateException(
            "discretize found NaN in element %d of an observation in %s".formatted(i, from));
      }
      int bin = (int) Math.floor((value - low[i]) * counts[i] / range[i]);
      return Math.clamp(bin, 0, counts[i] - 1);
    }
  }
}
