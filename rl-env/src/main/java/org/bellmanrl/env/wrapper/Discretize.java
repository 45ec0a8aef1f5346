package org.bellmanrl.env.wrapper;

import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.transform.GridCode;
import org.bellmanrl.api.transform.ObservationTransform;
import org.jspecify.annotations.Nullable;

/**
 * Sorts each element of the observation into bins of equal width, so that a table can learn.
 *
 * <p>Takes a float32 Box; gives the Discrete number of the bin, the last element's varying fastest,
 * or with {@code multidiscrete} a MultiDiscrete of one bin per element. A bin holds its lower edge;
 * what lies outside of the range falls into the first or last one. Elements without finite bounds
 * need {@code low} and {@code high} (Gymnasium refuses them). Numbered bins of two elements can be
 * drawn: they have the capability {@link GridView}, the first element to the right and the second
 * one upwards. State saved: none.
 *
 * @param bins how many bins, one number for all elements or one each, each at least 1
 * @param multidiscrete whether the bins stay apart
 * @param low where the first bin begins, likewise; empty for the bounds of the space
 * @param high where the last bin ends, likewise; empty for the bounds of the space
 */
public record Discretize(
    @Described(
            value = "how many bins: one number for all elements or one each",
            range = Require.AT_LEAST_ONE)
        List<Integer> bins,
    @Described("give one bin per element instead of a single number") boolean multidiscrete,
    @Described(
            value = "where the first bin begins: one for all or one each; empty for the bounds",
            range = Require.FINITE)
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
    Require.finite("low", low);
    Require.finite("high", high);
    Require.each("bins", bins, 1);
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
    if (!multidiscrete) {
      product("discretize", counts);
    }
    double[][] ranges = Checks.ranges("discretize", box, low, high);
    return GridCode.bins(box, counts, ranges[0], ranges[1], multidiscrete);
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
    EnvironmentSpec spec = inner.spec();
    ObservationTransform transform = transform(spec.observationSpace());
    @Nullable GridView grid = null;
    if (!multidiscrete && spec.observationSpace() instanceof Box box && box.size() == 2) {
      int[] counts = Checks.spreadInts("bins", bins, 2);
      grid = new BinsView(counts[0], counts[1], spec.legend());
    }
    return TransformObservation.wrap(this, inner, transform, grid);
  }
}
